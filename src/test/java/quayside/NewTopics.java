package quayside;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/**
 * Topics that a test may write to at once. A broker says that a topic is created before it leads
 * its partitions; a producer whose first batch comes too early and whose second does not is refused
 * with {@code OUT_OF_ORDER_SEQUENCE_NUMBER} until its delivery timeout.
 */
public final class NewTopics {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private NewTopics() {}

  /** On return the topics exist, and the leaders of all their partitions answer. */
  public static void create(Admin admin, Collection<NewTopic> topics) throws Exception {
    admin.createTopics(topics).all().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
    for (NewTopic topic : topics) {
      for (int partition = 0; partition < topic.numPartitions(); partition++) {
        ends.put(new TopicPartition(topic.name(), partition), OffsetSpec.latest());
      }
    }
    await()
        .atMost(LIMIT)
        .ignoreException(ExecutionException.class)
        .until(() -> admin.listOffsets(ends).all().get().size() == ends.size());
  }
}
