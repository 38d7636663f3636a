package quayside.event;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Looks at everything that an application under test publishes with its Kafka clients, and lets it
 * pass: what it finds fails the test, by {@link EventGateExtension}. All clients of an application
 * have it, consumers too, in which it does nothing. What a test publishes with a client of its own
 * passes unseen: that may be poison. Thread-safe.
 */
public final class EventGate
    implements ProducerInterceptor<Object, Object>, ConsumerInterceptor<Object, Object> {

  @Override
  public ProducerRecord<Object, Object> onSend(ProducerRecord<Object, Object> record) {
    // Kafka logs what an interceptor throws, and goes on.
    try {
      List<String> findings =
          EventOracle.findings(
              record.topic(), (String) record.key(), record.headers(), (byte[]) record.value());
      if (!findings.isEmpty()) {
        String id = ContractTopics.text(record.headers(), "ce_id");
        EventFindings.add(record.topic() + " " + id + ": " + String.join("; ", findings));
      }
    } catch (RuntimeException e) {
      EventFindings.add(record.topic() + ": could not be looked at: " + e);
    }
    return record;
  }

  @Override
  public ConsumerRecords<Object, Object> onConsume(ConsumerRecords<Object, Object> records) {
    return records;
  }

  @Override
  public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

  @Override
  public void configure(Map<String, ?> settings) {}

  @Override
  public void close() {}
}
