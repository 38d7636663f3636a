package quayside.sink.search;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import quayside.event.CloudEvent;
import quayside.event.EventCodec;
import quayside.event.InvalidEventException;
import quayside.sink.DependencyUnavailableException;

/**
 * Reads topics from their beginning, outside any consumer group: no commit, no rebalance, nobody
 * else notices. Used by one thread.
 */
final class TopicReplayConsumer implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(500);
  private static final int BATCH = 500;

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Map<String, Reader> readers = new HashMap<>();
  private final List<TopicPartition> partitions = new ArrayList<>();
  private Map<TopicPartition, Long> ends = Map.of();
  private long begun;
  private long read;
  private long total;

  /**
   * A consumer.
   *
   * @param kafka properties of the client
   */
  TopicReplayConsumer(Map<String, Object> kafka) {
    Map<String, Object> properties = new HashMap<>(kafka);
    properties.remove(ConsumerConfig.GROUP_ID_CONFIG);
    properties.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, BATCH);
    properties.put(ConsumerConfig.CLIENT_ID_CONFIG, "quayside-reindex");
    consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /**
   * What was read at once.
   *
   * @param changes what the events mean
   * @param skipped records that are no event, or name no object
   * @param read records read since the beginning
   * @param total records there were when the end was marked
   */
  record Batch(List<Change> changes, int skipped, long read, long total) {}

  /** How the records of one topic are understood. */
  @FunctionalInterface
  interface Translation<T> {
    Optional<Change> change(CloudEvent<T> event);
  }

  private interface Reader {
    Optional<Change> read(ConsumerRecord<byte[], byte[]> record);
  }

  /** Reads this topic, too. */
  <T> TopicReplayConsumer with(String topic, EventCodec<T> codec, Translation<T> translation) {
    readers.put(
        topic,
        record -> {
          try {
            return translation.change(codec.read(name -> header(record, name), record.value()));
          } catch (InvalidEventException dead) {
            return Optional.empty(); // the sink set it aside long ago
          }
        });
    return this;
  }

  /** Takes note where the topics end now, and returns how many records there are until there. */
  long markEnd() throws DependencyUnavailableException {
    try {
      if (partitions.isEmpty()) {
        readers.keySet().stream().flatMap(this::partitionsOf).forEach(partitions::add);
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        begun = sum(consumer.beginningOffsets(partitions));
      }
      ends = consumer.endOffsets(partitions);
      total = sum(ends) - begun;
      return total;
    } catch (KafkaException e) {
      throw unavailable(e);
    }
  }

  /** True until everything before the end that was marked is read. */
  boolean hasNext() throws DependencyUnavailableException {
    try {
      return ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue());
    } catch (KafkaException e) {
      throw unavailable(e);
    }
  }

  /** The next records, or none yet. */
  Batch poll() throws DependencyUnavailableException {
    try {
      ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
      List<Change> changes = new ArrayList<>(records.count());
      for (ConsumerRecord<byte[], byte[]> record : records) {
        Objects.requireNonNull(readers.get(record.topic())).read(record).ifPresent(changes::add);
      }
      read += records.count();
      return new Batch(changes, records.count() - changes.size(), read, total);
    } catch (KafkaException e) {
      throw unavailable(e);
    }
  }

  @Override
  public void close() {
    consumer.close();
  }

  private static long sum(Map<TopicPartition, Long> offsets) {
    return offsets.values().stream().mapToLong(Long::longValue).sum();
  }

  private Stream<TopicPartition> partitionsOf(String topic) {
    return consumer.partitionsFor(topic).stream()
        .map(partition -> new TopicPartition(partition.topic(), partition.partition()));
  }

  private static DependencyUnavailableException unavailable(KafkaException cause) {
    return new DependencyUnavailableException("Kafka: " + cause.getMessage(), cause);
  }

  private static @Nullable String header(ConsumerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null || header.value() == null
        ? null
        : new String(header.value(), StandardCharsets.UTF_8);
  }
}
