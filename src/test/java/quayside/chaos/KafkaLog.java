package quayside.chaos;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import quayside.TopicContent;
import quayside.event.TopicAudit;

/** What is on the broker, and what is put there past the edge. */
final class KafkaLog {
  /** Where on the one broker of the run; later scenarios find it there, too. */
  private static final Set<String> PLANTED = ConcurrentHashMap.newKeySet();

  private final String address;

  KafkaLog(String address) {
    this.address = address;
  }

  /** Everything on the topics whose name ends so, of each partition in its order. */
  List<ConsumerRecord<String, byte[]>> read(String suffix) {
    return TopicContent.ofAll(address, topic -> topic.endsWith(suffix));
  }

  /** Puts records with the keys, values and headers of these on a topic, in this order. */
  void write(String topic, List<ConsumerRecord<String, byte[]>> records) {
    try (KafkaProducer<String, byte[]> producer = producer()) {
      records.forEach(record ->
          producer.send(
              new ProducerRecord<>(topic, null, record.key(), record.value(), record.headers())));
    }
  }

  /** Puts a value on a topic that is no event. */
  void writePoison(String topic, String key, String value) {
    write(new ProducerRecord<>(topic, key, value.getBytes(StandardCharsets.UTF_8)));
  }

  /** Says on a topic that there is nothing any more. */
  void writeTombstone(String topic, String key) {
    write(new ProducerRecord<>(topic, key, null));
  }

  private void write(ProducerRecord<String, byte[]> record) {
    try (KafkaProducer<String, byte[]> producer = producer()) {
      PLANTED.add(producer.send(record).get().toString());
    } catch (ExecutionException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Fails unless all but the poison put there keeps to the contract. */
  void assertContractKept() {
    TopicAudit.assertAllValid(
        address,
        record ->
            PLANTED.contains(record.topic() + "-" + record.partition() + "@" + record.offset()));
  }

  static @Nullable String header(ConsumerRecord<?, ?> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
  }

  private KafkaProducer<String, byte[]> producer() {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", address), new StringSerializer(), new ByteArraySerializer());
  }
}
