package quayside.sink.catalog.state;

import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;
import quayside.event.EventCodec;
import quayside.event.EventRecord;
import quayside.event.EventWriter;
import quayside.event.ObjectState;
import quayside.sink.DependencyUnavailableException;
import quayside.sink.catalog.ObjectName;

/**
 * Publishes on {@code oss.object.state.v1} with a client of its own: a batch is handed over as a
 * whole and waited for as a whole. Opens with the first batch. Thread-safe.
 */
@ApplicationScoped
class KafkaStatePublisher implements StatePublisher {
  private static final EventCodec<ObjectState> CODEC = EventCodec.objectState();

  // Kafka's clients choose a partition by this hash. While the number of partitions divides this
  // one, consumers of different partitions never wait for each other's locks.
  private static final int STRIPES = 240;

  // Locks are held meanwhile, in a transaction that may last a minute. Milliseconds.
  private static final int DELIVERY_MILLIS = 15_000;
  private static final int REQUEST_MILLIS = 5_000;
  private static final int BLOCK_MILLIS = 5_000;
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

  private final String topic;
  private final EventWriter writer;
  private final Producer<String, byte[]> producer;

  /**
   * Opens it.
   *
   * @param kafka settings of all Kafka clients
   * @param opened heard by the metrics, which then show the client's own
   */
  KafkaStatePublisher(
      StateTopicsConfig topics,
      EventWriter writer,
      @Identifier("default-kafka-broker") Map<String, Object> kafka,
      Event<Producer<?, ?>> opened) {
    this.topic = topics.objectState();
    this.writer = writer;
    this.producer =
        new KafkaProducer<>(settings(kafka), new StringSerializer(), new ByteArraySerializer());
    opened.fire(producer);
  }

  @Override
  public int stripe(ObjectName name) {
    byte[] key = name.recordKey().getBytes(StandardCharsets.UTF_8);
    return Utils.toPositive(Utils.murmur2(key)) % STRIPES;
  }

  @Override
  public List<CurrentState> publish(List<CurrentState> states)
      throws DependencyUnavailableException {
    List<Future<RecordMetadata>> sent = new ArrayList<>(states.size());
    @Nullable KafkaException failure = null;
    try {
      // Once for all: without a topic each of them would wait for it.
      int ignored = producer.partitionsFor(topic).size();
      for (CurrentState state : states) {
        sent.add(producer.send(record(state)));
      }
    } catch (KafkaException e) {
      failure = e;
    }
    return await(states, sent, failure);
  }

  @PreDestroy
  void close() {
    producer.close(CLOSE_LIMIT);
  }

  private ProducerRecord<String, byte[]> record(CurrentState state) {
    return state.isGone() ? tombstone(state) : written(state);
  }

  private ProducerRecord<String, byte[]> tombstone(CurrentState state) {
    ProducerRecord<String, byte[]> record =
        new ProducerRecord<>(topic, state.event().partitionKey(), null);
    writer
        .tombstone(CODEC, state.event())
        .forEach((name, text) -> record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
    return record;
  }

  private ProducerRecord<String, byte[]> written(CurrentState state) {
    EventRecord written = writer.write(CODEC, state.event());
    ProducerRecord<String, byte[]> record =
        new ProducerRecord<>(topic, written.key(), written.value());
    written.forEachHeader(record.headers()::add);
    return record;
  }

  // All of them, even when one has failed: none of ours shall be on its way when the locks go.
  private static List<CurrentState> await(
      List<CurrentState> states,
      List<Future<RecordMetadata>> sent,
      @Nullable KafkaException notSent)
      throws DependencyUnavailableException {
    List<CurrentState> tooLarge = new ArrayList<>();
    @Nullable Throwable failure = notSent;
    for (int i = 0; i < sent.size(); i++) {
      try {
        sent.get(i).get();
      } catch (ExecutionException e) {
        if (e.getCause() instanceof RecordTooLargeException) {
          tooLarge.add(states.get(i));
        } else {
          failure = e.getCause();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw away(e);
      }
    }
    if (failure != null) {
      throw away(failure);
    }
    return tooLarge;
  }

  private static DependencyUnavailableException away(Throwable failure) {
    return new DependencyUnavailableException(
        "Kafka does not take the state: " + failure.getMessage(), failure);
  }

  private static Map<String, Object> settings(Map<String, Object> kafka) {
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.put(ProducerConfig.CLIENT_ID_CONFIG, "quayside-state");
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_MILLIS);
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MILLIS);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, BLOCK_MILLIS);
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 1);
    settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 128 << 10);
    return settings;
  }
}
