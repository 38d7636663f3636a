package quayside.upgrade;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Another instance of a consumer group, written with a plain client: it joins, is given partitions,
 * reads, and leaves before it has committed anything. Used by one thread.
 */
final class Neighbour implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final KafkaConsumer<String, byte[]> consumer;
  private int read;

  Neighbour(String servers, String group, Collection<String> topics) {
    consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                servers,
                "group.id",
                group,
                "enable.auto.commit",
                false,
                "auto.offset.reset",
                "earliest"),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    consumer.subscribe(topics);
  }

  /** Returns when the group has given it a part of the work. */
  void awaitJoined() {
    await("partitions").atMost(LIMIT).until(() -> poll() && !consumer.assignment().isEmpty());
  }

  /** Returns when it has read records that nobody has applied. */
  int awaitRead() {
    await("records").atMost(LIMIT).until(() -> poll() && read > 0);
    return read;
  }

  private boolean poll() {
    read += consumer.poll(POLL).count();
    return true;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
