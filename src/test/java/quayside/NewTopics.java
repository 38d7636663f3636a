package quayside;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
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
  private static final long LIMIT_SECONDS = 60;

  private NewTopics() {}

  /** On return the topics exist, and the leaders of all their partitions answer. */
  public static void create(Admin admin, Collection<NewTopic> topics) throws Exception {
    admin.createTopics(topics).all().get(LIMIT_SECONDS, TimeUnit.SECONDS);
    Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
    for (NewTopic topic : topics) {
      for (int partition = 0; partition < topic.numPartitions(); partition++) {
        ends.put(new TopicPartition(topic.name(), partition), OffsetSpec.latest());
      }
    }
    admin.listOffsets(ends).all().get(LIMIT_SECONDS, TimeUnit.SECONDS);
  }
}
