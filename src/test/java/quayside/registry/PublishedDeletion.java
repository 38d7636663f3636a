package quayside.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import quayside.LaptopStackResource;
import quayside.TopicContent;
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
        TopicContent.of(LaptopStackResource.running().getProperty("kafka.bootstrap.servers"), TOPIC)
            .stream()
            .filter(record -> id.equals(header(record, "ce_id")))
            .toList();
    assertThat(found).hasSize(1);
    return header(found.getFirst(), "ce_schemaid");
  }

  private static String header(ConsumerRecord<String, byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? null : new String(header.value(), UTF_8);
  }
}
