package quayside.operate.redrive.service;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import quayside.operate.redrive.DeadLetterFilter;
import quayside.operate.redrive.DeadLetterPage;
import quayside.operate.redrive.DeadLetterView;
import quayside.operate.redrive.Position;
import quayside.sink.GroupTopics;

/**
 * Reads dead letter and retry topics from any place; commits nothing and is in no group. For one
 * request in one thread; to be closed. Throws Kafka's own exceptions when Kafka is away.
 */
final class DeadLetterConsumer implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Duration LOOK_LIMIT = Duration.ofSeconds(10);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final int FETCH_WAIT_MILLIS = 10;

  private final KafkaConsumer<String, byte[]> kafka;
  private final Set<String> groups;
  private final Clock clock;

  DeadLetterConsumer(Map<String, Object> settings, Set<String> groups, Clock clock) {
    Map<String, Object> all = new HashMap<>(settings);
    all.put(ConsumerConfig.CLIENT_ID_CONFIG, "quayside-redrive");
    all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    all.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    all.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    all.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) TIMEOUT.toMillis());
    // What is read is there: a broker that waited for more would hold up what is asked next.
    all.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MILLIS);
    all.remove(ConsumerConfig.GROUP_ID_CONFIG);
    this.kafka = new KafkaConsumer<>(all, new StringDeserializer(), new ByteArrayDeserializer());
    this.groups = groups;
    this.clock = clock;
  }

  /** The group whose dead letters a topic holds; empty for all other topics. */
  Optional<String> groupOf(String deadLetterTopic) {
    return groups.stream()
        .filter(group -> GroupTopics.topicOfDeadLetters(deadLetterTopic, group).isPresent())
        .max(Comparator.comparingInt(String::length));
  }

  /** All partitions with dead letters, of one group or one topic where these are not null. */
  List<TopicPartition> partitions(@Nullable String group, @Nullable String topic) {
    return kafka.listTopics(TIMEOUT).entrySet().stream()
        .filter(entry -> isMeant(entry.getKey(), group, topic))
        .flatMap(entry -> entry.getValue().stream())
        .map(info -> new TopicPartition(info.topic(), info.partition()))
        .sorted(
            Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition))
        .toList();
  }

  private boolean isMeant(String name, @Nullable String group, @Nullable String topic) {
    return groupOf(name)
        .filter(found -> group == null || group.equals(found))
        .flatMap(found -> GroupTopics.topicOfDeadLetters(name, found))
        .filter(found -> topic == null || topic.equals(found))
        .isPresent();
  }

  /** How many records these partitions have. */
  long count(Collection<TopicPartition> partitions) {
    Map<TopicPartition, Long> begins = kafka.beginningOffsets(partitions);
    return kafka.endOffsets(partitions).entrySet().stream()
        .mapToLong(end -> end.getValue() - begins.getOrDefault(end.getKey(), 0L))
        .sum();
  }

  /**
   * Visits records, partition by partition, as far as they go now.
   *
   * @param start where to begin, or null for the beginning
   * @param from the first time, or null for all
   * @param until when to stop looking
   * @param visitor returns false to stop after a record
   * @return where to go on; empty when all were visited
   */
  Optional<Position> scan(
      List<TopicPartition> partitions,
      @Nullable Position start,
      @Nullable Instant from,
      Instant until,
      Predicate<ConsumerRecord<String, byte[]>> visitor) {
    List<TopicPartition> ahead =
        partitions.stream()
            .filter(partition -> start == null || order(partition, start) >= 0)
            .toList();
    Map<TopicPartition, Long> ends = kafka.endOffsets(ahead);
    Map<TopicPartition, Long> begins = begins(ahead, start, from, ends);
    for (TopicPartition partition : ahead) {
      long begin = begins.getOrDefault(partition, 0L);
      long end = ends.getOrDefault(partition, 0L);
      if (begin < end) {
        kafka.assign(List.of(partition));
        kafka.seek(partition, begin);
        Optional<Position> stopped = scan(partition, end, until, visitor);
        if (stopped.isPresent()) {
          return stopped;
        }
      }
    }
    return Optional.empty();
  }

  private static int order(TopicPartition partition, Position start) {
    int byTopic = partition.topic().compareTo(start.topic());
    return byTopic != 0 ? byTopic : Integer.compare(partition.partition(), start.partition());
  }

  /** Where to begin with each: asked for all at once, since most of them are empty. */
  private Map<TopicPartition, Long> begins(
      List<TopicPartition> partitions,
      @Nullable Position start,
      @Nullable Instant from,
      Map<TopicPartition, Long> ends) {
    Map<TopicPartition, Long> begins = new HashMap<>(kafka.beginningOffsets(partitions));
    if (from != null) {
      Map<TopicPartition, Long> times =
          partitions.stream()
              .collect(Collectors.toMap(partition -> partition, any -> from.toEpochMilli()));
      kafka
          .offsetsForTimes(times)
          .forEach((partition, found) ->
              begins.put(
                  partition, found == null ? ends.getOrDefault(partition, 0L) : found.offset()));
    }
    if (start != null) {
      begins.computeIfPresent(
          new TopicPartition(start.topic(), start.partition()),
          (partition, begin) -> Math.max(begin, start.offset()));
    }
    return begins;
  }

  private Optional<Position> scan(
      TopicPartition partition,
      long end,
      Instant until,
      Predicate<ConsumerRecord<String, byte[]>> visitor) {
    while (kafka.position(partition) < end) {
      for (ConsumerRecord<String, byte[]> record : kafka.poll(POLL)) {
        if (record.offset() >= end) {
          return Optional.empty();
        }
        if (!visitor.test(record)) {
          return Optional.of(
              new Position(partition.topic(), partition.partition(), record.offset() + 1));
        }
      }
      long position = kafka.position(partition);
      if (position < end && clock.instant().isAfter(until)) {
        return Optional.of(new Position(partition.topic(), partition.partition(), position));
      }
    }
    return Optional.empty();
  }

  /**
   * A page of dead letters.
   *
   * @param start where to go on, or null for the beginning
   * @param redriven whether those that were moved back are shown, too
   */
  DeadLetterPage page(
      DeadLetterFilter filter, @Nullable Position start, int limit, boolean redriven) {
    Instant until = clock.instant().plus(LOOK_LIMIT);
    List<TopicPartition> partitions = partitions(filter.group(), filter.topic());
    Set<Position> moved = moved(partitions, filter.fromTime(), until);
    List<DeadLetterView> found = new ArrayList<>();
    Optional<Position> next =
        scan(
            partitions,
            start,
            filter.fromTime(),
            until,
            record -> {
              boolean wasMoved = moved.contains(DeadLetters.position(record));
              if ((redriven || !wasMoved) && DeadLetters.isMeant(filter, record)) {
                found.add(
                    DeadLetters.view(
                        record, groupOf(record.topic()).orElseThrow(), wasMoved, false));
              }
              return found.size() < limit;
            });
    return new DeadLetterPage(found, next.map(Position::toString).orElse(null));
  }

  /** One dead letter with all there is; empty when there is none at this place. */
  Optional<DeadLetterView> show(Position position) {
    Instant until = clock.instant().plus(LOOK_LIMIT);
    TopicPartition partition = new TopicPartition(position.topic(), position.partition());
    if (!partitions(null, null).contains(partition)) {
      return Optional.empty();
    }
    boolean moved = moved(List.of(partition), null, until).contains(position);
    List<DeadLetterView> found = new ArrayList<>(1);
    scan(
        List.of(partition),
        position,
        null,
        until,
        record -> {
          if (record.offset() == position.offset()) {
            String group = groupOf(record.topic()).orElseThrow();
            found.add(DeadLetters.view(record, group, moved, true));
          }
          return false;
        });
    return found.stream().findFirst();
  }

  /** The dead letters that were moved, by the marks on the retry topics of their groups. */
  Set<Position> moved(
      Collection<TopicPartition> deadLetters, @Nullable Instant from, Instant until) {
    Set<String> retryTopics =
        deadLetters.stream().map(this::retryTopic).collect(Collectors.toUnmodifiableSet());
    List<TopicPartition> partitions =
        kafka.listTopics(TIMEOUT).entrySet().stream()
            .filter(entry -> retryTopics.contains(entry.getKey()))
            .flatMap(entry -> entry.getValue().stream())
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    Set<Position> moved = new HashSet<>();
    Optional<Position> unread =
        scan(
            partitions,
            null,
            from,
            until,
            record -> {
              if ("0".equals(DeadLetters.header(record, "retry-attempts"))) {
                Optional.ofNullable(DeadLetters.header(record, RedriveMark.OF))
                    .flatMap(Position::parse)
                    .ifPresent(moved::add);
              }
              return true;
            });
    if (unread.isPresent()) {
      throw new TimeoutException("the marks of moved letters could not be read in time");
    }
    return moved;
  }

  private String retryTopic(TopicPartition deadLetters) {
    String group = groupOf(deadLetters.topic()).orElseThrow();
    String topic = GroupTopics.topicOfDeadLetters(deadLetters.topic(), group).orElseThrow();
    return GroupTopics.retry(topic, group);
  }

  @Override
  public void close() {
    kafka.close();
  }
}
