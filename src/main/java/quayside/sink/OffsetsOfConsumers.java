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
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * How consumers commit ({@code commit-strategy=processed}): the position behind each batch, once it
 * is worked off. A commit that a rebalance refuses is made up for: its records are read again, by
 * whoever has the partition then, and committed then. The connector's own {@code latest} remembers
 * the position and would leave it at that until the next record: on a quiet topic the group would
 * seem to be behind for as long, and who waits for it, as the states do for the catalog, would wait
 * for as long. Thread-safe.
 */
@ApplicationScoped
@Identifier("processed")
class OffsetsOfConsumers implements KafkaCommitHandler.Factory {
  private static final Logger LOG = Logger.getLogger(OffsetsOfConsumers.class);

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
    private final Set<TopicPartition> given = ConcurrentHashMap.newKeySet();

    Processed(KafkaConsumer<?, ?> consumer) {
      this.consumer = consumer;
    }

    @Override
    public void partitionsAssigned(Collection<TopicPartition> partitions) {
      given.addAll(partitions);
    }

    @Override
    public void partitionsRevoked(Collection<TopicPartition> partitions) {
      given.removeAll(Set.copyOf(partitions));
    }

    @Override
    public <K, V> Uni<Void> handle(IncomingKafkaRecord<K, V> record) {
      TopicPartition partition = new TopicPartition(record.getTopic(), record.getPartition());
      // A batch that was at work when its partition went must not take back what others commit.
      if (given.contains(partition)) {
        commit(partition, record.getOffset() + 1);
      }
      return Uni.createFrom().voidItem().runSubscriptionOn(record::runOnMessageContext);
    }

    // Not waited for: the next batch goes on meanwhile.
    private void commit(TopicPartition partition, long next) {
      consumer
          .commitAsync(Map.of(partition, new OffsetAndMetadata(next)))
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
