package quayside.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import quayside.LaptopStackResource;
import quayside.event.CloudEvent;
import quayside.event.EventType;
import quayside.event.IngestPath;
import quayside.event.ObjectDeleted;
import quayside.sink.DependencyUnavailableException;
import quayside.sink.ObservedEvents;

/** An event that the service publishes, and what it is on Kafka: the least that touches others. */
final class PublishedDeletion {
  private static final String TOPIC = "oss.object.deleted.v1";
  private static final String BUCKET = "registry-test";

  private PublishedDeletion() {}

  /** The id of the schema that the record of a new event names; null when it names none. */
  static String schemaId(ObservedEvents events) throws DependencyUnavailableException {
    String id = "gone-" + UUID.randomUUID();
    Instant now = Instant.now();
    events.deleted(
        new CloudEvent<>(
            id,
            "acs:oss:-:-:" + BUCKET,
            EventType.OBJECT_DELETED_V1,
            id,
            now,
            now,
            BUCKET + "/" + id,
            now.toEpochMilli() * 1000,
            IngestPath.RECONCILE,
            null,
            ObjectDeleted.notFound(BUCKET, id, now)));
    List<ConsumerRecord<String, byte[]>> found =
        records().stream().filter(record -> id.equals(header(record, "ce_id"))).toList();
    assertThat(found).hasSize(1);
    return header(found.getFirst(), "ce_schemaid");
  }

  private static List<ConsumerRecord<String, byte[]>> records() {
    String servers = LaptopStackResource.running().getProperty("kafka.bootstrap.servers");
    List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", servers),
            new StringDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(TOPIC).stream()
              .map(partition -> new TopicPartition(TOPIC, partition.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
      }
    }
    return records;
  }

  private static String header(ConsumerRecord<String, byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? null : new String(header.value(), UTF_8);
  }
}
