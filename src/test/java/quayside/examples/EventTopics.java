package quayside.examples;

import static quayside.examples.SubscriberContract.PATIENCE;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import quayside.LaptopStackResource;
import quayside.NewTopics;

/** Topics of one test alone, on the real broker, and somebody who writes to them. */
final class EventTopics implements AutoCloseable {
  static final String SERVERS =
      LaptopStackResource.running().getProperty("kafka.bootstrap.servers");
  private static final int PARTITIONS = 3;

  private final String prefix = "subscribers-" + UUID.randomUUID() + "-";
  private final Admin admin = Admin.create(Map.of("bootstrap.servers", SERVERS));
  private final KafkaProducer<byte[], byte[]> producer =
      new KafkaProducer<>(
          Map.of("bootstrap.servers", SERVERS),
          new ByteArraySerializer(),
          new ByteArraySerializer());

  EventTopics() throws Exception {
    NewTopics.create(
        admin,
        Stream.of("uploaded", "thumbnailed", "deleted", "state")
            .map(kind -> new NewTopic(name(kind), PARTITIONS, (short) 1))
            .toList());
  }

  String name(String kind) {
    return prefix + kind;
  }

  /** A consumer group of this test alone. */
  String group(String name) {
    return prefix + name;
  }

  /** The options that make a subscriber read these topics. */
  List<String> options() {
    return List.of(
        "--uploaded-topic",
        name("uploaded"),
        "--thumbnailed-topic",
        name("thumbnailed"),
        "--deleted-topic",
        name("deleted"));
  }

  void publish(HandWritten... events) throws Exception {
    publish(Stream.of(events).map(event -> event.toRecord(name(event.kind()))).toList());
  }

  /** On return all of them are on their topics, those of one key in this order. */
  void publish(List<ProducerRecord<byte[], byte[]>> records) throws Exception {
    List<Future<?>> sent = new ArrayList<>();
    for (ProducerRecord<byte[], byte[]> record : records) {
      sent.add(producer.send(record));
    }
    for (Future<?> acknowledged : sent) {
      acknowledged.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
  }

  /** As a group that has read everything on the topics so far. */
  void commitEverything(String group) throws Exception {
    Map<TopicPartition, OffsetAndMetadata> ends = new HashMap<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", SERVERS),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          Stream.of("uploaded", "thumbnailed", "deleted")
              .flatMap(kind ->
                  IntStream.range(0, PARTITIONS)
                      .mapToObj(number -> new TopicPartition(name(kind), number)))
              .toList();
      consumer
          .endOffsets(partitions)
          .forEach((partition, end) -> ends.put(partition, new OffsetAndMetadata(end)));
    }
    admin.alterConsumerGroupOffsets(group, ends).all().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    producer.close();
    admin.close();
  }
}
