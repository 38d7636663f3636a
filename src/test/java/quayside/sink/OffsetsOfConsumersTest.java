package quayside.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.IncomingKafkaRecord;
import io.smallrye.reactive.messaging.kafka.KafkaConsumer;
import io.smallrye.reactive.messaging.kafka.commit.KafkaCommitHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.RetriableCommitFailedException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is committed before, during and after a rebalance. */
class OffsetsOfConsumersTest {
  private static final TopicPartition PARTITION = new TopicPartition("events", 3);

  private final List<Long> committed = new CopyOnWriteArrayList<>();
  private final KafkaCommitHandler handler =
      new OffsetsOfConsumers().create(null, null, consumer(), (failure, fatal) -> {});
  private final AtomicInteger refusals = new AtomicInteger();
  private boolean rebalancing;

  @BeforeEach
  void assign() {
    handler.partitionsAssigned(List.of(PARTITION));
  }

  @Test
  void whatIsWorkedOff_isCommitted() {
    acknowledge(41);
    acknowledge(44);

    assertThat(committed).containsExactly(42L, 45L);
  }

  /** The last records of a quiet topic: nothing comes after them that would be committed. */
  @Test
  void whatIsReadAgainAfterARefusedCommit_isCommittedThen() {
    rebalancing = true;
    acknowledge(41);
    assertThat(committed).isEmpty();

    handler.partitionsRevoked(List.of(PARTITION));
    handler.partitionsAssigned(List.of(PARTITION));
    rebalancing = false;
    acknowledge(41);

    assertThat(committed).containsExactly(42L);
  }

  @Test
  void whatSomebodyElseReadsNow_isNotCommitted() {
    handler.partitionsRevoked(List.of(PARTITION));
    acknowledge(41);

    assertThat(committed).isEmpty();
  }

  /** A broker restarts, and nobody uploads anything for a day. */
  @Test
  void commitThatFailsForNow_isTriedAgain() {
    refusals.set(2);
    acknowledge(41);

    await().untilAsserted(() -> assertThat(committed).containsExactly(42L));
  }

  @Test
  void commitThatALaterOneMadeNeedless_isNotTriedAgain() {
    refusals.set(1);
    acknowledge(41);
    acknowledge(44);

    await().during(Duration.ofSeconds(1)).until(() -> committed.equals(List.of(45L)));
  }

  private void acknowledge(long offset) {
    ConsumerRecord<String, byte[]> record =
        new ConsumerRecord<>(PARTITION.topic(), PARTITION.partition(), offset, "key", new byte[0]);
    handler
        .handle(new IncomingKafkaRecord<>(record, "channel", 0, handler, null, false))
        .await()
        .indefinitely();
  }

  private KafkaConsumer<?, ?> consumer() {
    return (KafkaConsumer<?, ?>)
        Proxy.newProxyInstance(
            OffsetsOfConsumersTest.class.getClassLoader(),
            new Class<?>[] {KafkaConsumer.class},
            (proxy, method, arguments) -> {
              assertThat(method.getName()).isEqualTo("commitAsync");
              if (refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                return Uni.createFrom()
                    .failure(new RetriableCommitFailedException("no coordinator"));
              }
              return rebalancing
                  ? Uni.createFrom().failure(new RebalanceInProgressException())
                  : Uni.createFrom()
                      .voidItem()
                      .invoke(() -> committed.add(offset((Map<?, ?>) arguments[0])));
            });
  }

  private static long offset(Map<?, ?> offsets) {
    return ((OffsetAndMetadata) offsets.get(PARTITION)).offset();
  }
}
