package quayside.bench.load;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Upload events on Kafka as the ingress would publish them. Used by one thread. */
public final class Uploads implements AutoCloseable {
  private final String topic;
  private final KafkaProducer<String, byte[]> producer;
  private final AtomicLong failed = new AtomicLong();
  private final long firstSequence = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());

  /** Onto a topic. */
  public Uploads(String bootstrapServers, String topic) {
    this.topic = topic;
    Properties configuration = new Properties();
    configuration.put("bootstrap.servers", bootstrapServers);
    configuration.put("acks", "all");
    configuration.put("linger.ms", 20);
    configuration.put("batch.size", 1 << 17);
    this.producer =
        new KafkaProducer<>(configuration, new StringSerializer(), new ByteArraySerializer());
  }

  /**
   * An object that was uploaded.
   *
   * @param key in the bucket {@code uploads}
   * @param image whether it is said to be one
   */
  public record Upload(String key, String etag, long size, boolean image) {
    /** One that no sink looks for in the bucket. */
    public static Upload document(long number) {
      String key = "bench/2026/11/%02x/report-%d.pdf".formatted(number % 251, number);
      return new Upload(key, etag(number), 100_000 + number % 1_000_000, false);
    }

    private static String etag(long number) {
      return "%016X%016X".formatted(number * 0x9E3779B97F4A7C15L, number * 0xD1B54A32D192ED03L);
    }
  }

  /** Publishes events about as many documents, numbered from one on; waits until all are there. */
  public void publishDocuments(long first, int count) {
    for (long number = first; number < first + count; number++) {
      send(number, Upload.document(number));
    }
    flush();
  }

  /** Publishes one event; the number makes its id and its place in the order. */
  public void send(long number, Upload upload) {
    ProducerRecord<String, byte[]> record =
        new ProducerRecord<>(topic, "uploads/" + upload.key(), value(number, upload));
    headers(number, upload)
        .forEach(
            (name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
    producer.send(
        record,
        (metadata, failure) -> {
          if (failure != null) {
            failed.incrementAndGet();
          }
        });
  }

  /** Waits until all are there. */
  public void flush() {
    producer.flush();
    if (failed.get() > 0) {
      throw new IllegalStateException("the broker refused " + failed.get());
    }
  }

  @Override
  public void close() {
    producer.close();
  }

  private Map<String, String> headers(long number, Upload upload) {
    String time = Instant.EPOCH.plus(firstSequence + number, ChronoUnit.MICROS).toString();
    return Map.ofEntries(
        Map.entry("ce_specversion", "1.0"),
        Map.entry("ce_id", id(number)),
        Map.entry("ce_source", "acs:oss:-:1283641064516515:uploads"),
        Map.entry("ce_type", "io.quayside.object.uploaded.v1"),
        Map.entry("ce_subject", upload.key()),
        Map.entry("ce_time", time),
        Map.entry("ce_dataschema", "https://quayside.io/schemas/object-uploaded.v1.schema.json"),
        Map.entry("ce_recordedtime", time),
        Map.entry("ce_partitionkey", "uploads/" + upload.key()),
        Map.entry("ce_sequence", Long.toString(firstSequence + number)),
        Map.entry("ce_ingestpath", "callback"),
        Map.entry("content-type", "application/json"),
        Map.entry("traceparent", "00-%032x-%016x-00".formatted(number + 1, number + 1)));
  }

  private static String id(long number) {
    return "%024X".formatted(0x6921E0D7_0000_0000L + number);
  }

  private static byte[] value(long number, Upload upload) {
    String image = upload.image() ? "{\"width\":1920,\"height\":1080,\"format\":\"jpg\"}" : "null";
    return """
    {"bucket":"uploads","key":"%s","etag":"%s","size":%d,"crc64":"%s","contentMd5":null,\
    "mimeType":"%s","image":%s,"operation":"PutObject","requestId":"%s",\
    "owner":"1283641064516515","requester":"1283641064516515","clientIp":"203.0.113.7","vpcId":null,\
    "variables":{"x:album":"summer"},"fields":{},"verification":{"level":"signature",\
    "keyUrl":"https://gosspublic.alicdn.com/callback_pub_key_v1.pem","signatureVersion":"1.0",\
    "grantId":null,"subject":null}}\
    """
        .formatted(
            upload.key(),
            upload.etag(),
            upload.size(),
            Long.toUnsignedString(number * 0xD1B54A32D192ED03L),
            upload.image() ? "image/jpeg" : "application/pdf",
            image,
            id(number))
        .getBytes(StandardCharsets.UTF_8);
  }
}
