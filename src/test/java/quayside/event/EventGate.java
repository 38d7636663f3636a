package quayside.event;

import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
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
  // Beside those who publish: they may be event loops, and the schemas take a second to compile. It
  // ends when there is nothing to do, and with it the class loader of an application that is gone.
  private static final ThreadPoolExecutor LOOKS =
      new ThreadPoolExecutor(
          1,
          1,
          1,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          Thread.ofPlatform().daemon().name("event-gate").factory());

  static {
    LOOKS.allowCoreThreadTimeOut(true);
  }

  @Override
  public ProducerRecord<Object, Object> onSend(ProducerRecord<Object, Object> record) {
    if (ContractTopics.binds(record.topic(), record.headers())) {
      String test = EventFindings.beginLook();
      LOOKS.execute(() -> look(record, test));
    }
    return record;
  }

  // Kafka would log what an interceptor throws, and go on.
  private static void look(ProducerRecord<Object, Object> record, String test) {
    try {
      List<String> findings =
          EventOracle.findings(
              record.topic(), (String) record.key(), record.headers(), (byte[]) record.value());
      if (!findings.isEmpty()) {
        String id = ContractTopics.text(record.headers(), "ce_id");
        EventFindings.add(test, record.topic() + " " + id + ": " + String.join("; ", findings));
      }
    } catch (RuntimeException e) {
      EventFindings.add(test, record.topic() + ": could not be looked at: " + e);
    } catch (LinkageError gone) {
      // The application was stopped meanwhile, and its class loader closed.
    } finally {
      EventFindings.endLook();
    }
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
