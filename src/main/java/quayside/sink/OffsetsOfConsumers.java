package quayside.sink;

import static quayside.log.LogField.CAUSE;
import static quayside.log.LogField.OFFSET;
import static quayside.log.LogField.PARTITION;
import static quayside.log.LogField.TOPIC;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.IncomingKafkaRecord;
import io.smallrye.reactive.messaging.kafka.KafkaConnectorIncomingConfiguration;
import io.smallrye.reactive.messaging.kafka.KafkaConsumer;
import io.smallrye.reactive.messaging.kafka.commit.KafkaCommitHandler;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.jboss.logging.Logger;

/**
 * How consumers commit ({@code commit-strategy=processed}): the position behind each batch, once it
 * is worked off. A commit that a rebalance refuses is made up for: its records are read again, by
 * whoever has the partition then, and committed then. The connector's own {@code latest} remembers
 * the position and would leave it at that until the next record: on a quiet topic the group would
 * seem to be behind for as long, and who waits for it, as the states do for the catalog, would wait
 * for as long. For the same reason a commit that fails because a broker is away is tried again,
 * until a later one or a rebalance makes it needless. Thread-safe.
 */
@ApplicationScoped
@Identifier("processed")
class OffsetsOfConsumers implements KafkaCommitHandler.Factory {
  private static final Logger LOG = Logger.getLogger(OffsetsOfConsumers.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
  private static final long NOTHING_YET = -1;

  @Override
  public KafkaCommitHandler create(
      KafkaConnectorIncomingConfiguration config,
      Vertx vertx,
      KafkaConsumer<?, ?> consumer,
      BiConsumer<Throwable, Boolean> reportFailure) {
    return new Processed(consumer);
  }

  /** Of one consumer, whose batches are acknowledged one after the other. */
  private static final class Processed implements KafkaCommitHandler {
    private final KafkaConsumer<?, ?> consumer;

    /** Where each partition that it was given is to be committed. */
    private final Map<TopicPartition, Long> positions = new ConcurrentHashMap<>();

    Processed(KafkaConsumer<?, ?> consumer) {
      this.consumer = consumer;
    }

    @Override
    public void partitionsAssigned(Collection<TopicPartition> partitions) {
      partitions.forEach(partition -> positions.put(partition, NOTHING_YET));
    }

    @Override
    public void partitionsRevoked(Collection<TopicPartition> partitions) {
      partitions.forEach(positions::remove);
    }

    @Override
    public <K, V> Uni<Void> handle(IncomingKafkaRecord<K, V> record) {
      TopicPartition partition = new TopicPartition(record.getTopic(), record.getPartition());
      long next = record.getOffset() + 1;
      // A batch that was at work when its partition went must not take back what others commit.
      if (positions.computeIfPresent(partition, (given, before) -> next) != null) {
        commit(partition, next);
      }
      return Uni.createFrom().voidItem().runSubscriptionOn(record::runOnMessageContext);
    }

    // Not waited for: the next batch goes on meanwhile.
    private void commit(TopicPartition partition, long next) {
      Uni.createFrom()
          .deferred(() ->
              Objects.equals(positions.get(partition), next)
                  ? consumer.commitAsync(Map.of(partition, new OffsetAndMetadata(next)))
                  : Uni.createFrom().voidItem())
          .onFailure(RetriableException.class)
          .retry()
          .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
          .indefinitely()
          .subscribe()
          .with(done -> {}, failure -> refused(partition, next, failure));
    }

    private static void refused(TopicPartition partition, long next, Throwable failure) {
      LOG.debugf(
          "not committed %s %s %s %s",
          TOPIC.of(partition.topic()),
          PARTITION.of(partition.partition()),
          OFFSET.of(next),
          CAUSE.of(failure.toString()));
    }
  }
}
