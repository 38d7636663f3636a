package quayside.sink.catalog;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import quayside.LaptopStackResource;
import quayside.TopicContent;
import quayside.event.CloudEvent;
import quayside.event.EventCodec;

/** A publisher and a subscriber as any other team would write them, with plain Kafka clients. */
public final class Kafka implements AutoCloseable {
  private final String servers =
      LaptopStackResource.running().getProperty("kafka.bootstrap.servers");
  private final KafkaProducer<String, byte[]> producer =
      new KafkaProducer<>(
          Map.of("bootstrap.servers", servers), new StringSerializer(), new ByteArraySerializer());

  public <T> void publish(String topic, EventCodec<T> codec, CloudEvent<T> event) throws Exception {
    ProducerRecord<String, byte[]> record =
        new ProducerRecord<>(topic, event.partitionKey(), codec.value(event));
    codec
        .headers(event)
        .forEach(
            (name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
    producer.send(record).get(10, TimeUnit.SECONDS);
  }

  public void publish(String topic, String key, byte[] value) throws Exception {
    producer.send(new ProducerRecord<>(topic, key, value)).get(10, TimeUnit.SECONDS);
  }

  /** The records with this key on a topic, read from its beginning. */
  public List<ConsumerRecord<String, byte[]>> find(String topic, String key) {
    return TopicContent.of(servers, topic).stream()
        .filter(record -> key.equals(record.key()))
        .toList();
  }

  /** A header of a record. */
  public static String header(ConsumerRecord<String, byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    producer.close();
  }
}
