package quayside.callback.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import quayside.event.EventRecord;

class JournalDrainerTest {
  private final SimulatedDisk disk = Journals.disk();
  private final List<Long> published = new CopyOnWriteArrayList<>();

  private CompletionStage<Void> publish(EventRecord record) {
    published.add(Journals.id(record));
    return CompletableFuture.completedFuture(null);
  }

  @Test
  void records_arePublishedInOrder_andTheirFilesDeleted() throws Exception {
    try (Journal journal = Journals.open(disk)) {
      Journals.appendAll(journal, 0, 300);
      try (JournalDrainer drainer = JournalDrainer.start(journal, this::publish, Journals.QUICK)) {
        Journals.appendAll(journal, 300, 400);

        await().until(() -> journal.stats().depth() == 0);
        assertThat(published).isEqualTo(Journals.range(0, 400));
        assertThat(journal.stats().drained()).isEqualTo(400);
        assertThat(journal.stats().oldestAge()).isEqualTo(Duration.ZERO);
        // No event stays on the disk longer than it must, not even in the last segment.
        await().until(() -> journal.stats().bytes() == SegmentHeader.BYTES);
        assertThat(disk.segments()).hasSize(1);
        assertThat(drainer).isNotNull();
      }
    }
  }

  @Test
  void brokerAway_isTriedAgainFromTheFirstFailure() throws Exception {
    AtomicBoolean away = new AtomicBoolean(true);
    AtomicInteger tries = new AtomicInteger();
    Publisher publisher =
        record -> {
          tries.incrementAndGet();
          return away.get()
              ? CompletableFuture.failedFuture(new IllegalStateException("broker is away"))
              : publish(record);
        };
    try (Journal journal = Journals.open(disk)) {
      Journals.appendAll(journal, 0, 100);
      try (JournalDrainer drainer = JournalDrainer.start(journal, publisher, Journals.QUICK)) {
        await().until(() -> tries.get() > 200);
        assertThat(journal.stats().depth()).isEqualTo(100);
        assertThat(published).isEmpty();

        away.set(false);

        await().until(() -> journal.stats().depth() == 0);
        assertThat(published).isEqualTo(Journals.range(0, 100));
        assertThat(drainer).isNotNull();
      }
    }
  }

  /**
   * A broker that fails at random, answers late and from other threads: each key's records still
   * arrive in order.
   */
  @Test
  void flakyBroker_getsEveryRecord_eachKeyInOrder() throws Exception {
    Random random = new Random(7);
    ConcurrentLinkedQueue<Runnable> answers = new ConcurrentLinkedQueue<>();
    Map<String, List<Long>> byKey = new HashMap<>();
    Set<String> inFlight = new HashSet<>();
    List<String> violations = new ArrayList<>();
    Publisher publisher =
        record -> {
          CompletableFuture<Void> answer = new CompletableFuture<>();
          String key = record.key();
          synchronized (byKey) {
            if (!inFlight.add(key)) {
              violations.add("two in flight for " + key);
            }
          }
          boolean fails = random.nextInt(20) == 0;
          answers.add(() -> {
            synchronized (byKey) {
              inFlight.remove(key);
              if (!fails) {
                byKey.computeIfAbsent(key, k -> new ArrayList<>()).add(Journals.id(record));
              }
            }
            if (fails) {
              answer.completeExceptionally(new IllegalStateException("not now"));
            } else {
              answer.complete(null);
            }
          });
          return answer;
        };
    AtomicBoolean over = new AtomicBoolean();
    Thread broker =
        Thread.ofPlatform()
            .start(() -> {
              while (!over.get()) {
                Runnable answer = answers.poll();
                if (answer == null) {
                  Thread.onSpinWait();
                } else {
                  answer.run();
                }
              }
            });
    try (Journal journal = Journals.open(disk)) {
      List<CompletableFuture<Position>> appends = new ArrayList<>();
      for (long id = 0; id < 900; id++) {
        appends.add(
            journal
                .append(Journals.record(id, "key-" + random.nextInt(30), 20))
                .toCompletableFuture());
      }
      appends.forEach(Journals::acknowledged);
      try (JournalDrainer drainer = JournalDrainer.start(journal, publisher, Journals.QUICK)) {
        await().until(() -> journal.stats().depth() == 0);
        assertThat(drainer).isNotNull();
      }
    } finally {
      over.set(true);
      broker.join();
    }
    assertThat(violations).isEmpty();
    assertThat(byKey.values()).allSatisfy(ids -> assertThat(ids).isSorted());
    assertThat(byKey.values().stream().flatMap(List::stream).sorted())
        .isEqualTo(Journals.range(0, 900));
  }

  @Test
  void publishedBeforeTheRestart_isNotPublishedAgain() throws Exception {
    Journal journal = Journals.open(disk);
    Journals.appendAll(journal, 0, 50);
    Publisher stopsAt30 =
        record ->
            Journals.id(record) < 30
                ? publish(record)
                : CompletableFuture.failedFuture(new IllegalStateException("broker is away"));
    JournalDrainer first = JournalDrainer.start(journal, stopsAt30, Journals.QUICK);
    await().until(() -> journal.stats().depth() == 20);
    first.close();
    first.close();
    journal.close();

    try (Journal again = Journals.open(disk);
        JournalDrainer second = JournalDrainer.start(again, this::publish, Journals.QUICK)) {
      await().until(() -> again.stats().depth() == 0);
      assertThat(second).isNotNull();
    }
    assertThat(published).isEqualTo(Journals.range(0, 50));
  }

  /** The cursor is written lazily: a kill may cost repetition, never a record. */
  @Test
  void killWhileDraining_losesNothing() throws Exception {
    Journal journal = Journals.open(disk);
    Journals.appendAll(journal, 0, 50);
    Publisher stopsAt30 =
        record ->
            Journals.id(record) < 30
                ? publish(record)
                : CompletableFuture.failedFuture(new IllegalStateException("broker is away"));
    JournalDrainer first = JournalDrainer.start(journal, stopsAt30, Journals.QUICK);
    await().until(() -> journal.stats().depth() == 20);
    SimulatedDisk after = disk.processKilled();
    first.close();
    journal.close();

    try (Journal again = Journals.open(after);
        JournalDrainer second = JournalDrainer.start(again, this::publish, Journals.QUICK)) {
      await().until(() -> again.stats().depth() == 0);
      assertThat(second).isNotNull();
    }
    assertThat(published).containsAll(Journals.range(0, 50)).endsWith(49L);
  }

  /** One record the broker will never take must not hold up the others, and must not vanish. */
  @Test
  void recordTheBrokerWillNeverTake_isKeptInAFile() throws Exception {
    Publisher publisher =
        record ->
            Journals.id(record) == 3
                ? CompletableFuture.failedFuture(
                    new UnpublishableException("too large", new IllegalStateException()))
                : publish(record);
    try (Journal journal = Journals.open(disk)) {
      Journals.appendAll(journal, 0, 6);
      try (JournalDrainer drainer = JournalDrainer.start(journal, publisher, Journals.QUICK)) {
        await().until(() -> journal.stats().depth() == 0);
        assertThat(drainer).isNotNull();
      }
      assertThat(published).containsExactly(0L, 1L, 2L, 4L, 5L);
      assertThat(journal.stats().rejected()).isEqualTo(1);
      assertThat(journal.stats().drained()).isEqualTo(5);
    }
    String kept =
        disk.list().stream().filter(name -> name.endsWith(".rejected")).findAny().orElseThrow();
    assertThat(Journals.id(RecordCodec.decode(ByteBuffer.wrap(disk.content(kept))))).isEqualTo(3);
  }

  @Test
  void acknowledgementThatNeverComes_isAFailure() throws Exception {
    AtomicInteger tries = new AtomicInteger();
    Publisher publisher =
        record -> tries.getAndIncrement() == 0 ? new CompletableFuture<>() : publish(record);
    DrainSettings impatient =
        new DrainSettings(10, Duration.ofMillis(50), Duration.ofMillis(1), Duration.ofMillis(2));
    try (Journal journal = Journals.open(disk)) {
      Journals.append(journal, 0);
      try (JournalDrainer drainer = JournalDrainer.start(journal, publisher, impatient)) {
        await().until(() -> journal.stats().depth() == 0);
        assertThat(drainer).isNotNull();
      }
    }
    assertThat(published).containsExactly(0L);
    assertThat(tries).hasValue(2);
  }

  /** A publisher's bug must not end the thread that everybody relies on. */
  @Test
  void publisherThatThrows_isTriedAgain() throws Exception {
    AtomicInteger tries = new AtomicInteger();
    Publisher publisher =
        record -> {
          if (tries.getAndIncrement() < 3) {
            throw new IllegalStateException("bug");
          }
          return publish(record);
        };
    try (Journal journal = Journals.open(disk)) {
      Journals.appendAll(journal, 0, 3);
      try (JournalDrainer drainer = JournalDrainer.start(journal, publisher, Journals.QUICK)) {
        await().until(() -> journal.stats().depth() == 0);
        assertThat(drainer).isNotNull();
      }
    }
    assertThat(published).isEqualTo(Journals.range(0, 3));
  }

  @Test
  void inFlight_isBounded() throws Exception {
    AtomicInteger inFlight = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<CompletableFuture<Void>> answers = new CopyOnWriteArrayList<>();
    Publisher publisher =
        record -> {
          most.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
          CompletableFuture<Void> answer = new CompletableFuture<>();
          answers.add(answer);
          return answer;
        };
    DrainSettings two =
        new DrainSettings(2, Duration.ofSeconds(5), Duration.ofMillis(1), Duration.ofMillis(2));
    try (Journal journal = Journals.open(disk)) {
      Journals.appendAll(journal, 0, 10);
      try (JournalDrainer drainer = JournalDrainer.start(journal, publisher, two)) {
        for (int i = 0; i < 10; i++) {
          int next = i;
          await().until(() -> answers.size() > next);
          inFlight.decrementAndGet();
          answers.get(i).complete(null);
        }
        await().until(() -> journal.stats().depth() == 0);
        assertThat(drainer).isNotNull();
      }
    }
    assertThat(most).hasValue(2);
  }

  /** Stopping must not wait for a broker that is away. */
  @Test
  void close_doesNotWaitForABrokerThatNeverAnswers() throws Exception {
    AtomicInteger sent = new AtomicInteger();
    try (Journal journal = Journals.open(disk)) {
      Journals.append(journal, 0);
      Set<Thread> others = drainers();
      JournalDrainer drainer =
          JournalDrainer.start(
              journal,
              record -> {
                sent.incrementAndGet();
                return new CompletableFuture<>();
              },
              DrainSettings.DEFAULT);
      await().until(() -> sent.get() == 1);
      Set<Thread> its = drainers();
      its.removeAll(others);

      long start = System.nanoTime();
      drainer.close();

      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
      assertThat(its).singleElement().returns(false, Thread::isAlive);
      assertThat(journal.stats().depth()).isEqualTo(1);
    }
  }

  private static Set<Thread> drainers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("journal-drainer"))
        .collect(Collectors.toSet());
  }

  @Test
  void pauses_doubleWithJitterUpToTheLongest() {
    Backoff backoff =
        new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5), RandomGenerator.getDefault());
    for (int round = 0; round < 100; round++) {
      assertThat(backoff.delay(1)).isBetween(Duration.ofMillis(50), Duration.ofMillis(100));
      assertThat(backoff.delay(3)).isBetween(Duration.ofMillis(200), Duration.ofMillis(400));
      assertThat(backoff.delay(1000)).isBetween(Duration.ofMillis(2500), Duration.ofSeconds(5));
    }
  }

  @Test
  void settings_nameTheFieldThatIsWrong() {
    Duration second = Duration.ofSeconds(1);
    assertThatThrownBy(() -> new DrainSettings(0, second, second, second))
        .hasMessageContaining("maxInFlight: 0");
    assertThatThrownBy(() -> new DrainSettings(1, Duration.ZERO, second, second))
        .hasMessageContaining("publishTimeout");
    assertThatThrownBy(() -> new DrainSettings(1, second, second, Duration.ofMillis(1)))
        .hasMessageContaining("longestDelay");
  }
}
