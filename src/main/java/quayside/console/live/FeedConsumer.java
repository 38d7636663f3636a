package quayside.console.live;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import quayside.event.CloudEvent;
import quayside.event.EventCodec;
import quayside.event.InvalidEventException;
import quayside.event.ObjectThumbnailed;
import quayside.event.ObjectUploaded;
import quayside.sink.timeline.TimelineConsumer;
import quayside.sink.timeline.TimelineRecord;

/**
 * Reads what happens from now on, on all partitions of some topics; commits nothing and is in no
 * group. Used by one thread; to be closed.
 */
final class FeedConsumer implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(3);

  /** A poll has this many bytes and records at most; a record of effects has many entries. */
  private static final int MAX_BYTES = 4 * 1024 * 1024;

  private static final int MAX_RECORDS = 1000;
  private static final int LONGEST_PAUSE_MILLIS = 5_000;
  private static final EventCodec<ObjectUploaded> UPLOADED = EventCodec.objectUploaded();
  private static final EventCodec<ObjectThumbnailed> THUMBNAILED = EventCodec.objectThumbnailed();

  private final KafkaConsumer<String, byte[]> kafka;
  private final Set<String> topics;
  private final Instant since;
  private final Set<TopicPartition> known = new HashSet<>();
  private boolean placed;

  /**
   * Connects with the first call.
   *
   * @param settings of Kafka clients
   * @param since what partitions are read from that are found later
   */
  FeedConsumer(Map<String, Object> settings, Set<String> topics, Instant since) {
    Map<String, Object> all = new HashMap<>(settings);
    all.put(ConsumerConfig.CLIENT_ID_CONFIG, "quayside-console");
    all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    all.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    all.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
    all.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, MAX_BYTES);
    all.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MAX_RECORDS);
    all.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, LONGEST_PAUSE_MILLIS);
    all.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) TIMEOUT.toMillis());
    all.remove(ConsumerConfig.GROUP_ID_CONFIG);
    this.kafka = new KafkaConsumer<>(all, new StringDeserializer(), new ByteArrayDeserializer());
    this.topics = topics;
    this.since = since;
  }

  /**
   * Takes partitions in that were not there before: the first time at their ends, later from the
   * beginning of the feed, so that the first record of a new topic is seen.
   *
   * @return false when Kafka does not answer
   */
  boolean discover() {
    try {
      Set<TopicPartition> found =
          kafka.listTopics(TIMEOUT).entrySet().stream()
              .filter(topic -> topics.contains(topic.getKey()))
              .flatMap(topic -> topic.getValue().stream())
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .filter(partition -> !known.contains(partition))
              .collect(Collectors.toSet());
      if (!found.isEmpty()) {
        takeIn(found);
      }
      placed = true;
      return true;
    } catch (RetriableException away) {
      return false;
    }
  }

  private void takeIn(Set<TopicPartition> found) {
    Map<TopicPartition, Long> starts = new HashMap<>(kafka.endOffsets(found));
    if (placed) {
      Map<TopicPartition, Long> times = new HashMap<>();
      found.forEach(partition -> times.put(partition, since.toEpochMilli()));
      kafka
          .offsetsForTimes(times)
          .forEach((partition, first) -> {
            if (first != null) {
              starts.put(partition, first.offset());
            }
          });
    }
    known.addAll(found);
    // Those that it has already stay where they are.
    kafka.assign(known);
    starts.forEach(kafka::seek);
  }

  /** Whether there is anything to read from. */
  boolean hasPartitions() {
    return !known.isEmpty();
  }

  /** What came, waiting for it a moment; nothing while Kafka is away. */
  List<FeedRecord> poll(Duration wait) {
    List<FeedRecord> records = new ArrayList<>();
    for (ConsumerRecord<String, byte[]> record : kafka.poll(wait)) {
      TimelineRecord timeline = TimelineConsumer.read(record);
      records.add(
          new FeedRecord(
              timeline,
              () -> read(UPLOADED, timeline, record),
              () -> read(THUMBNAILED, timeline, record)));
    }
    return records;
  }

  private static <T> Optional<CloudEvent<T>> read(
      EventCodec<T> codec, TimelineRecord timeline, ConsumerRecord<String, byte[]> record) {
    try {
      return codec.type().ceType().equals(timeline.attributes().get("type"))
          ? Optional.of(codec.read(timeline.header(), record.value()))
          : Optional.empty();
    } catch (InvalidEventException unreadable) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    kafka.close();
  }
}
