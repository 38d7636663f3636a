package quayside.callback.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import quayside.event.EventRecord;

/**
 * Random lives of a journal: appends, failing writes and fsyncs, power losses, kills, graceful
 * stops, partial draining. Whatever happens: what was acknowledged is published, in order, and
 * nothing is published that was refused or never given.
 */
class JournalHistoryTest {
  private static final int HISTORIES = 400;
  private static final JournalLimits LIMITS =
      new JournalLimits(1000, 600, 1 << 20, Duration.ofDays(1), 500, 1 << 20, 0);

  @Test
  void everyHistory_publishesAllThatWasAcknowledged_inOrder_andNothingElse() throws Exception {
    for (int seed = 0; seed < HISTORIES; seed++) {
      new History(seed).run();
    }
  }

  /** One life. */
  private static final class History {
    private final int seed;
    private final Random random;
    private SimulatedDisk disk;
    private long nextId;
    private final Set<Long> acknowledged = new HashSet<>();
    private final Set<Long> refused = new HashSet<>();
    private final Set<Long> published = new HashSet<>();

    History(int seed) {
      this.seed = seed;
      this.random = new Random(seed);
      this.disk = new SimulatedDisk(random);
    }

    void run() throws Exception {
      int sessions = 2 + random.nextInt(4);
      for (int session = 0; session < sessions; session++) {
        session(session == sessions - 1);
      }
      assertThat(published).as("history %d: nothing lost", seed).containsAll(acknowledged);
      assertThat(published).as("history %d: nothing refused", seed).noneMatch(refused::contains);
      assertThat(published).as("history %d: nothing invented", seed).allMatch(id -> id < nextId);
    }

    private void session(boolean last) throws Exception {
      Journal journal = Journals.open(disk, LIMITS);
      JournalReader reader = journal.reader();
      List<CompletableFuture<Position>> appends = new ArrayList<>();
      List<Long> ids = new ArrayList<>();
      List<Long> order = new ArrayList<>();
      for (int step = random.nextInt(8); step > 0; step--) {
        switch (random.nextInt(6)) {
          case 0 -> injectFault();
          case 1 -> drain(journal, reader, 1 + random.nextInt(20), order);
          default -> append(journal, appends, ids);
        }
        if (random.nextInt(3) > 0) {
          settle(appends, ids);
        }
      }
      if (last) {
        settle(appends, ids);
        disk.nextWrite.set(null);
        disk.nextForce.set(null);
        drain(journal, reader, Integer.MAX_VALUE, order);
        assertThat(journal.stats().depth()).as("history %d", seed).isZero();
      }
      end(journal, appends, ids);
      reader.close();
      assertThat(order).as("history %d: order of one session", seed).isSorted();
      assertThat(order).as("history %d: once in one session", seed).doesNotHaveDuplicates();
      published.addAll(order);
    }

    private void injectFault() {
      disk.shortWrites = random.nextBoolean();
      disk.nextForce.set(null);
      disk.nextWrite.set(null);
      if (random.nextBoolean()) {
        disk.nextForce.set(new IOException("Input/output error"));
      } else {
        disk.nextWrite.set(new IOException("Input/output error"));
      }
    }

    private void append(
        Journal journal, List<CompletableFuture<Position>> appends, List<Long> ids) {
      for (int count = 1 + random.nextInt(10); count > 0; count--) {
        long id = nextId++;
        ids.add(id);
        EventRecord record = Journals.record(id, "key-" + random.nextInt(3), random.nextInt(200));
        appends.add(journal.append(record).toCompletableFuture());
      }
    }

    private void settle(List<CompletableFuture<Position>> appends, List<Long> ids)
        throws Exception {
      for (int i = 0; i < appends.size(); i++) {
        Throwable failure = appends.get(i).handle((position, e) -> e).get(20, TimeUnit.SECONDS);
        (failure == null ? acknowledged : refused).add(ids.get(i));
      }
      appends.clear();
      ids.clear();
    }

    private void drain(Journal journal, JournalReader reader, int count, List<Long> order)
        throws IOException {
      int left = count;
      while (left > 0) {
        JournalReader.Batch batch = reader.read(Math.min(left, 5), 1 << 20);
        batch.entries().forEach(entry -> order.add(Journals.id(entry.record())));
        journal.publishedUpTo(batch.nextSequence());
        left -= batch.entries().size();
        if (random.nextInt(4) == 0) {
          journal.saveCursor();
        }
        if (batch.entries().isEmpty()) {
          return;
        }
      }
    }

    private void end(Journal journal, List<CompletableFuture<Position>> appends, List<Long> ids)
        throws Exception {
      switch (random.nextInt(3)) {
        case 0 -> disk = disk.powerLoss();
        case 1 -> disk = disk.processKilled();
        default -> journal.close();
      }
      journal.close();
      for (int i = 0; i < appends.size(); i++) {
        Throwable failure = appends.get(i).handle((position, e) -> e).get(20, TimeUnit.SECONDS);
        if (failure == null) {
          acknowledged.add(ids.get(i));
        }
      }
    }
  }
}
