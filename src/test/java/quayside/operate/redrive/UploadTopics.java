package quayside.operate.redrive;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import quayside.LaptopStackResource;
import quayside.event.CloudEvent;
import quayside.event.EventCodec;
import quayside.event.EventType;
import quayside.event.IngestPath;
import quayside.event.ObjectUploaded;
import quayside.event.VerificationLevel;

/** Publishes uploads, and what a sink would have made of them. */
public final class UploadTopics implements AutoCloseable {
  public static final String UPLOADED = "oss.object.uploaded.v1";
  static final String CATALOG_DLQ = UPLOADED + ".quayside-catalog.dlq";
  static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final EventCodec<ObjectUploaded> CODEC = EventCodec.objectUploaded();

  private final KafkaProducer<String, byte[]> producer =
      new KafkaProducer<>(
          Map.of(
              "bootstrap.servers",
              LaptopStackResource.running().getProperty("kafka.bootstrap.servers")),
          new StringSerializer(),
          new ByteArraySerializer());

  /** An upload; with a NUL in a variable no database takes it. */
  public static CloudEvent<ObjectUploaded> upload(String bucket, String key, boolean poison) {
    Instant now = Instant.now();
    ObjectUploaded data =
        new ObjectUploaded(
            bucket,
            key,
            "ETAG",
            1L,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            poison ? Map.of("x:nul", "\0") : Map.of(),
            Map.of(),
            new ObjectUploaded.Verification(VerificationLevel.SIGNATURE, null, null));
    return new CloudEvent<>(
        UUID.randomUUID().toString(),
        "acs:oss:-:-:" + bucket,
        EventType.OBJECT_UPLOADED_V1,
        key,
        now,
        now,
        bucket + "/" + key,
        now.getEpochSecond() * 1_000_000,
        IngestPath.CALLBACK,
        null,
        data);
  }

  public void publish(CloudEvent<ObjectUploaded> event) throws Exception {
    send(UPLOADED, event, Map.of());
  }

  /** A dead letter of the catalog that can be applied now. */
  public void setAside(CloudEvent<ObjectUploaded> event, String cause) throws Exception {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("dead-letter-cause", cause);
    headers.put("dead-letter-reason", "as it was before the fix");
    headers.put("dead-letter-sink", "catalog");
    headers.put("dead-letter-group", "quayside-catalog");
    headers.put("dead-letter-topic", UPLOADED);
    headers.put("dead-letter-partition", "3");
    headers.put("dead-letter-offset", "41");
    headers.put("dead-letter-timestamp", "1767225600000");
    headers.put("dead-letter-attempts", "5");
    headers.put("dead-letter-first-failed", "2026-01-01T00:00:01Z");
    headers.put("dead-letter-time", "2026-01-01T00:10:00Z");
    headers.put("x-of-the-publisher", "kept");
    send(CATALOG_DLQ, event, headers);
  }

  private void send(String topic, CloudEvent<ObjectUploaded> event, Map<String, String> more)
      throws Exception {
    Map<String, String> headers = new LinkedHashMap<>(CODEC.headers(event));
    headers.put("traceparent", "00-" + TRACE + "-b7ad6b7169203331-00");
    headers.putAll(more);
    ProducerRecord<String, byte[]> record =
        new ProducerRecord<>(topic, event.partitionKey(), CODEC.value(event));
    headers.forEach(
        (name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
    producer.send(record).get(10, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    producer.close();
  }
}
