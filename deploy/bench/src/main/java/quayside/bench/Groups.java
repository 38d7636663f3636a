package quayside.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * How far consumer groups are: what they have committed is done, whoever they are. Used by one
 * thread.
 */
final class Groups implements AutoCloseable {
  private static final int POLL_MILLIS = 20;
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final Admin admin;

  Groups(String bootstrapServers) {
    this.admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
  }

  /** Records of a topic that a group has committed, all partitions together. */
  long committed(String group, String topic) throws IOException, InterruptedException {
    return offsets(group).entrySet().stream()
        .filter(entry -> entry.getKey().topic().equals(topic))
        .mapToLong(entry -> entry.getValue().offset())
        .sum();
  }

  /** Waits until a group has committed so many records of a topic. */
  long await(String group, String topic, long count) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    for (; ; ) {
      long committed = committed(group, topic);
      if (committed >= count) {
        return committed;
      }
      if (System.nanoTime() > deadline) {
        throw new IOException(
            "%s has done %d of %d records of %s".formatted(group, committed, count, topic));
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }

  /** Records a second of a group, from now on until it has committed so many of a topic. */
  double rate(String group, String topic, long count) throws IOException, InterruptedException {
    long first = committed(group, topic);
    long begin = System.nanoTime();
    long last = await(group, topic, count);
    return (last - first) / ((System.nanoTime() - begin) / 1e9);
  }

  /** Waits until a group has committed all there is of the topics it reads. */
  void awaitEnd(String group) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (lag(group) > 0) {
      if (System.nanoTime() > deadline) {
        throw new IOException(group + " is behind by " + lag(group) + " records");
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }

  @Override
  public void close() {
    admin.close();
  }

  private long lag(String group) throws IOException, InterruptedException {
    Map<TopicPartition, OffsetAndMetadata> committed = offsets(group);
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    committed.keySet().forEach(partition -> latest.put(partition, OffsetSpec.latest()));
    try {
      long end =
          admin.listOffsets(latest).all().get().values().stream()
              .mapToLong(partition -> partition.offset())
              .sum();
      return end - committed.values().stream().mapToLong(OffsetAndMetadata::offset).sum();
    } catch (ExecutionException e) {
      throw new IOException("the broker does not tell the ends of topics", e);
    }
  }

  private Map<TopicPartition, OffsetAndMetadata> offsets(String group)
      throws IOException, InterruptedException {
    try {
      Map<TopicPartition, OffsetAndMetadata> offsets =
          new HashMap<>(
              admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get());
      offsets.values().removeIf(offset -> offset == null);
      return offsets;
    } catch (ExecutionException e) {
      throw new IOException("the broker does not tell the offsets of " + group, e);
    }
  }
}
