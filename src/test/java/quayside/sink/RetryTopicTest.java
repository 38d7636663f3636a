package quayside.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import quayside.LaptopStackResource;
import quayside.NewTopics;

/** Retry topics on a real broker: waiting, sharing, and what a lost instance leaves behind. */
class RetryTopicTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int PARTITIONS = 4;

  private final String servers =
      LaptopStackResource.running().getProperty("kafka.bootstrap.servers");
  private final String group = "retry-" + UUID.randomUUID();
  private final String topic = GroupTopics.retry("topic", group);
  private final Set<String> applied = ConcurrentHashMap.newKeySet();
  private final List<RetryConsumer> running = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final KafkaProducer<String, byte[]> producer =
      new KafkaProducer<>(
          Map.of("bootstrap.servers", servers), new StringSerializer(), new ByteArraySerializer());

  @BeforeEach
  void createTopic() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
      NewTopics.create(admin, List.of(new NewTopic(topic, PARTITIONS, (short) 1)));
    }
  }

  @AfterEach
  void close() throws InterruptedException {
    running.forEach(RetryConsumer::close);
    for (Thread thread : threads) {
      thread.join(LIMIT);
    }
    producer.close();
  }

  @Test
  void recordThatIsDue_doesNotWaitForThoseBeforeItThatAreNot() throws Exception {
    send(0, "late", Instant.now().plusSeconds(3600));
    send(0, "soon", Instant.now().plusSeconds(2));
    send(0, "now", Instant.now());

    start(record -> applied.add(record.key()), 100);

    await().atMost(LIMIT).until(() -> applied.equals(Set.of("now", "soon")));
  }

  /** The record that is not due keeps its place: a successor reads it, and what is behind it. */
  @Test
  void whatIsNotDone_isReadAgainByTheNextInstance() throws Exception {
    send(0, "now", Instant.now());
    send(0, "later", Instant.now().plusSeconds(8));
    start(record -> applied.add(record.key()), 100);
    await().atMost(LIMIT).until(() -> applied.equals(Set.of("now")));
    stopFirst();
    applied.clear();

    start(record -> applied.add(record.key()), 100);

    await().atMost(LIMIT).until(() -> applied.equals(Set.of("later")));
  }

  /** No setting says how many there are: instances of a group share its partitions. */
  @Test
  void twoInstances_shareThePartitionsAndOneTakesOverFromTheOther() throws Exception {
    Map<String, String> appliedBy = new ConcurrentHashMap<>();
    start(record -> appliedBy.put(record.key(), "first"), 100);
    start(record -> appliedBy.put(record.key(), "second"), 100);
    await()
        .atMost(LIMIT)
        .until(() -> {
          sendToAll("round-" + UUID.randomUUID());
          return appliedBy.containsValue("first") && appliedBy.containsValue("second");
        });

    stopFirst();
    sendToAll("after");

    await()
        .atMost(LIMIT)
        .untilAsserted(() ->
            assertThat(appliedBy)
                .containsKeys(
                    IntStream.range(0, PARTITIONS)
                        .mapToObj(partition -> "after-" + partition)
                        .toArray(String[]::new)));
    assertThat(appliedBy.values()).contains("first", "second");
  }

  /** A dependency that is down holds up the work for ever, and yet the group stays as it is. */
  @Test
  void instanceWhoseWorkIsStuck_holdsABoundedNumberAndKeepsItsPlaceInTheGroup() throws Exception {
    CountDownLatch dependency = new CountDownLatch(1);
    Set<String> begun = ConcurrentHashMap.newKeySet();
    for (int i = 0; i < 300; i++) {
      send(i % PARTITIONS, "stuck-" + i, Instant.now());
    }
    KafkaConsumer<String, byte[]> client =
        start(
            record -> {
              begun.add(record.key());
              awaitQuietly(dependency);
              applied.add(record.key());
            },
            50);
    await().atMost(LIMIT).until(() -> !begun.isEmpty());
    // Longer than max.poll.interval.ms: a consumer that does not poll would be thrown out.
    await()
        .pollDelay(Duration.ofSeconds(8))
        .atMost(LIMIT)
        .until(() -> consumed(client) <= 50 + 100);
    assertThat(begun).hasSize(1);

    dependency.countDown();

    await().atMost(LIMIT).until(() -> applied.size() == 300);
    assertThat(begun).hasSize(300);
  }

  /** A fault of ours loses nothing. */
  @Test
  void recordThatFailsForNoKnownReason_comesAgain() throws Exception {
    Set<String> failed = ConcurrentHashMap.newKeySet();
    send(0, "a", Instant.now());
    send(0, "b", Instant.now());

    start(
        record -> {
          if (failed.add(record.key())) {
            throw new IllegalStateException("a bug");
          }
          applied.add(record.key());
        },
        100);

    await().atMost(LIMIT).until(() -> applied.equals(Set.of("a", "b")));
  }

  private double consumed(KafkaConsumer<String, byte[]> client) {
    return client.metrics().entrySet().stream()
        .filter(metric ->
            metric.getKey().name().equals("records-consumed-total")
                && !metric.getKey().tags().containsKey("topic"))
        .mapToDouble(metric -> (double) metric.getValue().metricValue())
        .sum();
  }

  private KafkaConsumer<String, byte[]> start(
      Consumer<ConsumerRecord<String, byte[]>> target, int held) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("bootstrap.servers", servers);
    settings.put("group.id", group + ".retry");
    settings.put("enable.auto.commit", false);
    settings.put("auto.offset.reset", "earliest");
    settings.put("max.poll.records", 100);
    settings.put("max.poll.interval.ms", 5000);
    settings.put("metadata.max.age.ms", 1000);
    KafkaConsumer<String, byte[]> client =
        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    RetryConsumer consumer = new RetryConsumer(group, client, target, held, Clock.systemUTC());
    running.add(consumer);
    threads.add(Thread.ofPlatform().start(consumer));
    return client;
  }

  private void stopFirst() throws InterruptedException {
    running.removeFirst().close();
    threads.removeFirst().join(LIMIT);
  }

  private void sendToAll(String name) throws Exception {
    for (int partition = 0; partition < PARTITIONS; partition++) {
      send(partition, name + "-" + partition, Instant.now());
    }
  }

  private void send(int partition, String key, Instant due) throws Exception {
    ProducerRecord<String, byte[]> record =
        new ProducerRecord<>(topic, partition, key, new byte[0]);
    record.headers().add("retry-due", due.toString().getBytes(StandardCharsets.UTF_8));
    producer.send(record).get(10, TimeUnit.SECONDS);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
