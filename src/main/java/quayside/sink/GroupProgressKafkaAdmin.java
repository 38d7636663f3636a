package quayside.sink;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/**
 * Asks Kafka how far consumer groups are, over all their members wherever they run. Blocks; to be
 * closed.
 */
public final class GroupProgressKafkaAdmin implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 5_000;

  private final Admin admin;

  /**
   * Connects with the first question.
   *
   * @param kafka settings of Kafka clients
   * @param clientId how the broker knows it
   */
  public GroupProgressKafkaAdmin(Map<String, Object> kafka, String clientId) {
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.put(AdminClientConfig.CLIENT_ID_CONFIG, clientId);
    settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
    settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
    this.admin = Admin.create(settings);
  }

  /**
   * How far a group is on a topic, over all partitions.
   *
   * @param lag records it has not processed yet
   * @param position records it has committed, from the first offset on
   */
  public record Progress(long lag, long position) {
    private static Progress of(long end, long done) {
      return new Progress(Math.max(0, end - done), done);
    }

    private Progress plus(Progress other) {
      return new Progress(lag + other.lag, position + other.position);
    }
  }

  /**
   * How far a group is, by topic; empty when Kafka knows nothing of it.
   *
   * @throws ExecutionException when Kafka refuses to say
   * @throws TimeoutException when Kafka does not answer
   */
  public Map<String, Progress> of(String group)
      throws ExecutionException, TimeoutException, InterruptedException {
    Map<TopicPartition, Long> next = nextOffsets(group);
    Map<String, Progress> progress = new TreeMap<>();
    offsets(next.keySet(), OffsetSpec.latest())
        .forEach((partition, end) ->
            progress.merge(
                partition.topic(),
                Progress.of(end, next.getOrDefault(partition, end)),
                Progress::plus));
    return progress;
  }

  // What is committed; of partitions that are assigned and not committed yet, the beginning.
  private Map<TopicPartition, Long> nextOffsets(String group)
      throws ExecutionException, TimeoutException, InterruptedException {
    Map<TopicPartition, Long> next = new HashMap<>();
    get(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
        .forEach((partition, committed) -> {
          if (committed != null) {
            next.put(partition, committed.offset());
          }
        });
    Set<TopicPartition> untouched = assigned(group);
    untouched.removeAll(next.keySet());
    next.putAll(offsets(untouched, OffsetSpec.earliest()));
    return next;
  }

  private Set<TopicPartition> assigned(String group)
      throws ExecutionException, TimeoutException, InterruptedException {
    Set<TopicPartition> assigned = new HashSet<>();
    try {
      get(admin.describeConsumerGroups(List.of(group)).all()).values().stream()
          .flatMap(description -> description.members().stream())
          .forEach(member -> assigned.addAll(member.assignment().topicPartitions()));
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof GroupIdNotFoundException)) {
        throw e;
      }
    }
    return assigned;
  }

  private Map<TopicPartition, Long> offsets(Set<TopicPartition> partitions, OffsetSpec spec)
      throws ExecutionException, TimeoutException, InterruptedException {
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    partitions.forEach(partition -> asked.put(partition, spec));
    Map<TopicPartition, Long> offsets = new HashMap<>();
    get(admin.listOffsets(asked).all())
        .forEach((partition, found) -> offsets.put(partition, found.offset()));
    return offsets;
  }

  private static <T> T get(KafkaFuture<T> future)
      throws ExecutionException, TimeoutException, InterruptedException {
    try {
      return future.get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof org.apache.kafka.common.errors.TimeoutException late) {
        TimeoutException timeout = new TimeoutException(String.valueOf(late.getMessage()));
        timeout.initCause(late);
        throw timeout;
      }
      throw e;
    }
  }

  @Override
  public void close() {
    admin.close();
  }
}
