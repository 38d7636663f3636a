package quayside.console;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import quayside.event.CloudEvent;
import quayside.event.EventCodec;
import quayside.event.EventRecord;
import quayside.event.EventType;
import quayside.event.EventWriter;
import quayside.event.IngestPath;
import quayside.event.ObjectUploaded;
import quayside.event.TestWriters;
import quayside.event.VerificationLevel;

/**
 * Events of uploads that nobody made, straight on the topic: for names that no browser would send,
 * and for more of them than a laptop could upload. Used by one thread.
 */
final class Events implements AutoCloseable {
  private static final EventCodec<ObjectUploaded> CODEC = EventCodec.objectUploaded();
  // Kafka's clients tell their whole configuration each time. Held, or the level would be
  // forgotten.
  private static final Logger KAFKA_CLIENTS = Logger.getLogger("org.apache.kafka");

  static {
    KAFKA_CLIENTS.setLevel(Level.WARNING);
  }

  private final EventWriter writer = TestWriters.binary();
  private final KafkaProducer<String, byte[]> producer;

  Events(ConsoleStack stack) {
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", stack.kafka(), "acks", "all", "linger.ms", "5"),
            new StringSerializer(),
            new ByteArraySerializer());
  }

  /** Sends one; the answer is there when Kafka has it. */
  Future<RecordMetadata> send(String key, Map<String, String> variables) {
    EventRecord event = writer.write(CODEC, event(key, variables));
    ProducerRecord<String, byte[]> entry =
        new ProducerRecord<>("oss.object.uploaded.v1", event.key(), event.value());
    event.forEachHeader(entry.headers()::add);
    return producer.send(entry);
  }

  /** Sends one of each; returns when Kafka has them. */
  void sendAll(List<String> keys) {
    List<Future<RecordMetadata>> sent = keys.stream().map(key -> send(key, Map.of())).toList();
    try {
      for (Future<RecordMetadata> one : sent) {
        one.get();
      }
    } catch (ExecutionException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    producer.close();
  }

  private static CloudEvent<ObjectUploaded> event(String key, Map<String, String> variables) {
    Instant now = Instant.now();
    String id = "console-" + UUID.randomUUID();
    ObjectUploaded data =
        new ObjectUploaded(
            ConsoleStack.BUCKET,
            key,
            etag(key),
            1024L,
            null,
            null,
            "text/plain",
            null,
            "PutObject",
            id,
            null,
            null,
            "127.0.0.1",
            null,
            variables,
            Map.of(),
            new ObjectUploaded.Verification(VerificationLevel.SIGNATURE, null, null));
    return new CloudEvent<>(
        id,
        "acs:oss:cn-hangzhou:-:" + ConsoleStack.BUCKET,
        EventType.OBJECT_UPLOADED_V1,
        key,
        now,
        now,
        ConsoleStack.BUCKET + "/" + key,
        now.getEpochSecond() * 1_000_000 + now.getNano() / 1000,
        IngestPath.CALLBACK,
        null,
        data);
  }

  private static String etag(String key) {
    return UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8))
        .toString()
        .replace("-", "")
        .toUpperCase(Locale.ROOT);
  }
}
