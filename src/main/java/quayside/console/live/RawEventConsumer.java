package quayside.console.live;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import quayside.operate.redrive.Position;

/**
 * Reads one record; commits nothing and is in no group. For one request in one thread; to be
 * closed. Throws Kafka's own exceptions when Kafka is away.
 */
final class RawEventConsumer implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final Duration POLL = Duration.ofMillis(500);

  /** What is fetched at once; a larger record comes all the same, alone. */
  private static final int FETCH_BYTES = 256 * 1024;

  private final KafkaConsumer<String, byte[]> kafka;
  private final Clock clock;

  RawEventConsumer(Map<String, Object> settings, Clock clock) {
    Map<String, Object> all = new HashMap<>(settings);
    all.put(ConsumerConfig.CLIENT_ID_CONFIG, "quayside-console-record");
    all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    all.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    all.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
    all.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
    all.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES);
    all.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) TIMEOUT.toMillis());
    all.remove(ConsumerConfig.GROUP_ID_CONFIG);
    this.kafka = new KafkaConsumer<>(all, new StringDeserializer(), new ByteArrayDeserializer());
    this.clock = clock;
  }

  /** The record at a place; empty when there is none. */
  Optional<RawEvent> find(Position place) {
    TopicPartition partition = new TopicPartition(place.topic(), place.partition());
    // Partitions that do not exist would be waited for.
    if (kafka.partitionsFor(place.topic()).stream()
        .noneMatch(p -> p.partition() == place.partition())) {
      return Optional.empty();
    }
    List<TopicPartition> one = List.of(partition);
    long first = kafka.beginningOffsets(one).getOrDefault(partition, 0L);
    long end = kafka.endOffsets(one).getOrDefault(partition, 0L);
    if (place.offset() < first || place.offset() >= end) {
      return Optional.empty();
    }
    kafka.assign(one);
    kafka.seek(partition, place.offset());
    Instant until = clock.instant().plus(TIMEOUT);
    // The position moves beyond a place that has nothing to show, such as a mark of a transaction.
    while (kafka.position(partition) == place.offset()) {
      if (clock.instant().isAfter(until)) {
        throw new TimeoutException("the record was not read in time");
      }
      for (ConsumerRecord<String, byte[]> record : kafka.poll(POLL)) {
        return record.offset() == place.offset() ? Optional.of(view(record)) : Optional.empty();
      }
    }
    return Optional.empty();
  }

  private static RawEvent view(ConsumerRecord<String, byte[]> record) {
    byte[] value = record.value();
    String text = text(value);
    return new RawEvent(
        record.topic(),
        record.partition(),
        record.offset(),
        Instant.ofEpochMilli(record.timestamp()).toString(),
        record.key(),
        headers(record),
        text,
        text == null && value != null ? Base64.getEncoder().encodeToString(value) : null);
  }

  private static Map<String, String> headers(ConsumerRecord<String, byte[]> record) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (Header header : record.headers()) {
      byte[] value = header.value();
      headers.put(header.key(), value == null ? "" : new String(value, StandardCharsets.UTF_8));
    }
    return headers;
  }

  private static @Nullable String text(byte @Nullable [] value) {
    try {
      return value == null
          ? null
          : StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  @Override
  public void close() {
    kafka.close();
  }
}
