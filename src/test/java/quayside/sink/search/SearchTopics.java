package quayside.sink.search;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import quayside.TopicContent;
import quayside.event.CloudEvent;
import quayside.event.EventCodec;
import quayside.event.EventType;
import quayside.event.IngestPath;
import quayside.event.ObjectThumbnailed;
import quayside.event.ObjectUploaded;
import quayside.event.VerificationLevel;

/**
 * The topics as the ingress, the thumbnailer and an operator see them: a plain Kafka client, no
 * Quarkus.
 */
final class SearchTopics implements AutoCloseable {
  private static final String UPLOADED = "oss.object.uploaded.v1";
  private static final String THUMBNAILED = "oss.object.thumbnailed.v1";

  private final String servers;
  private final KafkaProducer<String, byte[]> producer;

  SearchTopics(String servers) {
    this.servers = servers;
    this.producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", servers, "acks", "all"),
            new StringSerializer(),
            new ByteArraySerializer());
  }

  /** Uploads as the ingress publishes them; the id is {@code <key>@<sequence>}. */
  void uploaded(String bucket, String key, long sequence, Map<String, String> variables)
      throws Exception {
    ObjectUploaded data =
        new ObjectUploaded(
            bucket,
            key,
            "ETAG-" + sequence,
            1_024L,
            "1",
            null,
            "image/jpeg",
            new ObjectUploaded.Image(4_000, 3_000, "jpg"),
            "PutObject",
            null,
            null,
            null,
            null,
            null,
            variables,
            Map.of(),
            new ObjectUploaded.Verification(VerificationLevel.SIGNATURE, null, null));
    CloudEvent<ObjectUploaded> event =
        event(EventType.OBJECT_UPLOADED_V1, bucket, key, sequence, null, data);
    send(UPLOADED, EventCodec.objectUploaded(), event);
  }

  void uploaded(String bucket, String key, long sequence) throws Exception {
    uploaded(bucket, key, sequence, Map.of());
  }

  /** Thumbnails of the upload with a sequence. */
  void thumbnailed(String bucket, String key, long uploadSequence) throws Exception {
    ObjectThumbnailed data =
        new ObjectThumbnailed(
            bucket,
            key,
            "ETAG-" + uploadSequence,
            4_000,
            3_000,
            "jpeg",
            List.of(
                new ObjectThumbnailed.Thumbnail(
                    "small", bucket, "t/" + uploadSequence, "image/webp", 128, 96, 9)));
    CloudEvent<ObjectThumbnailed> event =
        event(
            EventType.OBJECT_THUMBNAILED_V1,
            bucket,
            key,
            uploadSequence + 1,
            key + "@" + uploadSequence,
            data);
    send(THUMBNAILED, EventCodec.objectThumbnailed(), event);
  }

  /** A record that is no event. */
  void garbage(String key) throws Exception {
    producer
        .send(new ProducerRecord<>(UPLOADED, key, "garbage".getBytes(StandardCharsets.UTF_8)))
        .get();
  }

  /** The cause of the dead letter of a record key, once there is one. */
  Optional<String> deadLetterCause(String recordKey) {
    return TopicContent.of(servers, UPLOADED + ".quayside-search.dlq").stream()
        .filter(record -> recordKey.equals(record.key()))
        .map(record ->
            new String(
                record.headers().lastHeader("dead-letter-cause").value(), StandardCharsets.UTF_8))
        .findFirst();
  }

  @Override
  public void close() {
    producer.close();
  }

  private static <T> CloudEvent<T> event(
      EventType type, String bucket, String key, long sequence, String causationId, T data) {
    Instant time = Instant.EPOCH.plusNanos(sequence * 1_000);
    return new CloudEvent<>(
        key + "@" + sequence,
        "acs:oss:-:-:" + bucket,
        type,
        key,
        time,
        time,
        bucket + "/" + key,
        sequence,
        IngestPath.CALLBACK,
        causationId,
        data);
  }

  private <T> void send(String topic, EventCodec<T> codec, CloudEvent<T> event) throws Exception {
    ProducerRecord<String, byte[]> record =
        new ProducerRecord<>(topic, event.partitionKey(), codec.value(event));
    codec
        .headers(event)
        .forEach(
            (name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
    producer.send(record).get();
  }
}
