package quayside.sink.catalog.state;

import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import quayside.sink.DependencyUnavailableException;
import quayside.sink.GroupTopics;
import quayside.sink.catalog.CatalogConfig;

/**
 * How far the catalog has come, as its consumer groups have committed: what is before that is in
 * the database or set aside. Blocks; thread-safe.
 */
@ApplicationScoped
class CatalogProgressKafkaAdmin {
  private static final int TIMEOUT_MILLIS = 5_000;
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(1);

  private final String group;
  private final Admin admin;

  CatalogProgressKafkaAdmin(
      CatalogConfig catalog, @Identifier("default-kafka-broker") Map<String, Object> kafka) {
    this.group = catalog.group();
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.put(AdminClientConfig.CLIENT_ID_CONFIG, "quayside-state-admin");
    settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
    settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
    this.admin = Admin.create(settings);
  }

  /**
   * Whether the catalog has passed these records.
   *
   * @param last offsets of the last one of each partition: all of event topics, or all of retry
   *     topics of the catalog
   * @param retries whether they are retry topics
   * @throws DependencyUnavailableException when Kafka does not answer
   */
  boolean hasPassed(Map<TopicPartition, Long> last, boolean retries)
      throws DependencyUnavailableException {
    Map<TopicPartition, OffsetAndMetadata> committed =
        committed(retries ? GroupTopics.retryReaders(group) : group, last.keySet());
    return last.entrySet().stream()
        .allMatch(entry -> {
          OffsetAndMetadata next = committed.get(entry.getKey());
          return next != null && next.offset() > entry.getValue();
        });
  }

  @PreDestroy
  void close() {
    admin.close(CLOSE_LIMIT);
  }

  private Map<TopicPartition, OffsetAndMetadata> committed(
      String of, Set<TopicPartition> partitions) throws DependencyUnavailableException {
    ListConsumerGroupOffsetsSpec spec =
        new ListConsumerGroupOffsetsSpec().topicPartitions(partitions);
    try {
      return admin
          .listConsumerGroupOffsets(Map.of(of, spec))
          .partitionsToOffsetAndMetadata(of)
          .get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof GroupIdNotFoundException) {
        return Map.of();
      }
      throw away(e);
    } catch (TimeoutException e) {
      throw away(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw away(e);
    }
  }

  private static DependencyUnavailableException away(Throwable failure) {
    return new DependencyUnavailableException(
        "Kafka does not tell how far the catalog is: " + failure, failure);
  }
}
