package quayside.callback.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quayside.event.EventRecord;

class JournalTest {
  @TempDir Path directory;

  private Journal open(JournalLimits limits) throws IOException {
    return Journal.open(directory, limits, Clock.systemUTC());
  }

  @Test
  void acknowledgedRecords_areThereAfterReopening_inOrder_andMarked() throws Exception {
    try (Journal journal = open(Journals.SMALL)) {
      Journals.appendAll(journal, 0, 100);
    }

    try (Journal journal = open(Journals.SMALL)) {
      assertThat(Journals.waiting(journal)).isEqualTo(Journals.range(0, 100));
      assertThat(journal.stats().depth()).isEqualTo(100);
      try (JournalReader reader = journal.reader()) {
        EventRecord first = reader.read(1, 1).entries().getFirst().record();
        assertThat(first.headers())
            .containsEntry("ce_ingestpath", "journal")
            .containsEntry("ce_id", "0");
        assertThat(first.headers().keySet())
            .containsExactly("ce_id", "ce_ingestpath", "ce_subject");
        assertThat(first.key()).isEqualTo("bucket/object-0");
      }
    }
  }

  @Test
  void positions_continueAfterReopening() throws Exception {
    try (Journal journal = open(Journals.SMALL)) {
      assertThat(Journals.append(journal, 0)).isEqualTo(new Position(0));
      assertThat(Journals.append(journal, 1)).isEqualTo(new Position(1));
    }
    try (Journal journal = open(Journals.SMALL)) {
      assertThat(Journals.append(journal, 2)).isEqualTo(new Position(2));
      assertThat(Journals.waiting(journal)).containsExactly(0L, 1L, 2L);
    }
  }

  @Test
  void segments_areBegunAtTheirSize_andReadableByTheOwnerAlone() throws Exception {
    try (Journal journal = open(Journals.SMALL)) {
      Journals.appendAll(journal, 0, 100);

      List<Path> segments = files(".journal");
      assertThat(segments).hasSizeGreaterThan(5);
      for (Path segment : segments) {
        assertThat(Files.size(segment)).isLessThanOrEqualTo(Journals.SMALL.segmentBytes());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(segment)))
            .isEqualTo("rw-------");
      }
      long onDisk = 0;
      for (Path segment : segments) {
        onDisk += Files.size(segment);
      }
      assertThat(journal.stats().bytes()).isEqualTo(onDisk);
    }
  }

  private List<Path> files(String ending) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }

  /** Every caller gets its own position; the fsyncs are shared. */
  @Test
  void manyThreads_shareGroups_andAllAreAcknowledged() throws Exception {
    SimulatedDisk disk = Journals.disk();
    try (Journal journal = Journals.open(disk, JournalLimits.DEFAULT)) {
      List<Thread> threads = new ArrayList<>();
      List<List<Position>> positions = new ArrayList<>();
      for (int number = 0; number < 16; number++) {
        long base = number * 1000L;
        List<Position> own = new ArrayList<>();
        positions.add(own);
        threads.add(
            Thread.ofVirtual()
                .start(() -> {
                  List<CompletableFuture<Position>> appends = new ArrayList<>();
                  for (long id = base; id < base + 500; id++) {
                    appends.add(journal.append(Journals.record(id)).toCompletableFuture());
                  }
                  appends.forEach(append -> own.add(Journals.acknowledged(append)));
                }));
      }
      for (Thread thread : threads) {
        thread.join();
      }

      assertThat(positions.stream().flatMap(List::stream).map(Position::sequence).sorted())
          .isEqualTo(Journals.range(0, 8000));
      // One thread's records keep their order.
      List<Long> waiting = Journals.waiting(journal);
      for (int number = 0; number < 16; number++) {
        long base = number * 1000L;
        assertThat(waiting.stream().filter(id -> id >= base && id < base + 1000))
            .isEqualTo(Journals.range(base, base + 500));
      }
      assertThat(journal.stats().appended()).isEqualTo(8000);
      assertThat(disk.forces()).isLessThan(4000);
    }
  }

  @Test
  void journalAtItsSize_refuses_andTakesAgainWhenDrained() throws Exception {
    JournalLimits limits = new JournalLimits(300, 1000, 3000, Duration.ofHours(1), 100, 1 << 20, 0);
    try (Journal journal = open(limits)) {
      assertThat(journal.hasRoom()).isTrue();
      long id = 0;
      while (journal.hasRoom()) {
        Journals.append(journal, id++);
      }
      while (journal.stats().bytes() + 200 < limits.maxBytes()) {
        Journals.append(journal, id++);
      }

      assertThat(Journals.refusal(journal, id)).isEqualTo(Refusal.FULL);
      assertThat(journal.stats().bytes()).isLessThanOrEqualTo(limits.maxBytes());
      assertThat(journal.stats().refused()).containsEntry(Refusal.FULL, 1L);

      try (JournalDrainer drainer =
          JournalDrainer.start(
              journal, record -> CompletableFuture.completedFuture(null), Journals.QUICK)) {
        await().until(() -> journal.stats().depth() == 0 && journal.hasRoom());
        Journals.append(journal, id);
        assertThat(drainer).isNotNull();
      }
    }
  }

  @Test
  void recordOverItsLimit_isRefused() throws Exception {
    try (Journal journal = open(Journals.SMALL)) {
      EventRecord large = Journals.record(1, "key", 5000);

      assertThat(Journals.refusal(journal.append(large).toCompletableFuture()))
          .isEqualTo(Refusal.TOO_LARGE);
      assertThat(journal.stats().bytes()).isLessThan(100);
    }
  }

  /** A disk that hangs must not fill the memory. */
  @Test
  void recordsWaitingForASlowDisk_areBounded() throws Exception {
    JournalLimits limits =
        new JournalLimits(4096, 100_000, 1 << 20, Duration.ofHours(1), 10, 1 << 20, 0);
    SimulatedDisk disk = Journals.disk();
    try (Journal journal = Journals.open(disk, limits)) {
      Journals.append(journal, 0);
      List<CompletableFuture<Position>> appends = new ArrayList<>();

      synchronized (disk) {
        for (long id = 1; id <= 5000; id++) {
          appends.add(journal.append(Journals.record(id)).toCompletableFuture());
        }
      }

      List<Refusal> refusals = new ArrayList<>();
      for (CompletableFuture<Position> append : appends) {
        append.handle((position, failure) -> failure).get();
        if (append.isCompletedExceptionally()) {
          refusals.add(Journals.refusal(append));
        }
      }
      assertThat(refusals).hasSizeGreaterThan(1000).containsOnly(Refusal.BUSY);
      assertThat(journal.stats().refused()).containsEntry(Refusal.BUSY, (long) refusals.size());
      assertThat(Journals.waiting(journal)).hasSize(5001 - refusals.size());
      assertThat(Journals.append(journal, 6000)).isNotNull();
    }
  }

  /** Kafka away for days: never dropped, but a human must know. */
  @Test
  void recordOverItsAge_staysAndStopsNewOnes() throws Exception {
    SetClock clock = new SetClock();
    try (Journal journal = Journal.open(directory, Journals.SMALL, clock)) {
      Journals.append(journal, 0);
      clock.advance(Duration.ofMinutes(59));
      Journals.append(journal, 1);
      assertThat(journal.stats().oldestAge()).isEqualTo(Duration.ofMinutes(59));

      clock.advance(Duration.ofMinutes(2));

      assertThat(journal.hasRoom()).isFalse();
      assertThat(Journals.refusal(journal, 2)).isEqualTo(Refusal.STALE);
      assertThat(Journals.waiting(journal)).containsExactly(0L, 1L);
    }
    try (Journal journal = Journal.open(directory, Journals.SMALL, clock)) {
      assertThat(journal.stats().oldestAge()).isEqualTo(Duration.ofMinutes(61));
      try (JournalDrainer drainer =
          JournalDrainer.start(
              journal, record -> CompletableFuture.completedFuture(null), Journals.QUICK)) {
        await().until(journal::hasRoom);
        assertThat(Journals.append(journal, 2)).isEqualTo(new Position(2));
        assertThat(drainer).isNotNull();
      }
    }
  }

  /** A clock that stands still until it is told otherwise. */
  private static final class SetClock extends Clock {
    private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");

    void advance(Duration by) {
      now = now.plus(by);
    }

    @Override
    public ZoneId getZone() {
      return ZoneId.of("UTC");
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  @Test
  void directory_isForOneJournal() throws Exception {
    try (Journal journal = open(Journals.SMALL)) {
      assertThatThrownBy(() -> open(Journals.SMALL))
          .isInstanceOf(JournalLockedException.class)
          .hasMessageContaining(directory.toString());
      Journals.append(journal, 0);
    }
    open(Journals.SMALL).close();
  }

  @Test
  void close_writesWhatWaits_refusesTheRest_andMayBeRepeated() throws Exception {
    Journal journal = open(Journals.SMALL);
    List<CompletableFuture<Position>> appends = new ArrayList<>();
    for (long id = 0; id < 500; id++) {
      appends.add(journal.append(Journals.record(id)).toCompletableFuture());
    }

    journal.close();
    journal.close();

    appends.forEach(Journals::acknowledged);
    assertThat(Journals.refusal(journal, 500)).isEqualTo(Refusal.CLOSED);
    assertThat(journal.hasRoom()).isFalse();
    try (Journal again = open(Journals.SMALL)) {
      assertThat(Journals.waiting(again)).isEqualTo(Journals.range(0, 500));
    }
  }

  @Test
  void emptyJournal_leavesNoSegmentsBehind() throws Exception {
    open(Journals.SMALL).close();

    assertThat(files(".journal")).isEmpty();
  }

  @Test
  void segmentOfALaterVersion_isRefusedAndUntouched() throws Exception {
    SimulatedDisk disk = Journals.disk();
    String name = new SegmentName(3, 40, 5).file();
    byte[] content = new byte[1000];
    SegmentHeader.write(9).get(content, 0, SegmentHeader.BYTES);
    disk.put(name, content);

    assertThatThrownBy(() -> Journals.open(disk))
        .isInstanceOf(JournalVersionException.class)
        .hasMessageContaining(name)
        .hasMessageContaining("version 9");
    assertThat(disk.content(name)).isEqualTo(content);
  }

  @Test
  void limits_nameTheFieldThatIsWrong() {
    assertThatThrownBy(() -> new JournalLimits(2 << 20, 1, 2, Duration.ofHours(1), 1, 1 << 30, 0))
        .hasMessageContaining("maxRecordBytes: 2097152");
    assertThatThrownBy(() -> new JournalLimits(100, 1000, 1999, Duration.ofHours(1), 1, 1 << 20, 0))
        .hasMessageContaining("maxBytes: 1999");
    assertThatThrownBy(() -> new JournalLimits(100, 1000, 2000, Duration.ZERO, 1, 1 << 20, 0))
        .hasMessageContaining("maxAge");
    assertThatThrownBy(() -> new JournalLimits(100, 1000, 2000, Duration.ofHours(1), 1, 99, 0))
        .hasMessageContaining("maxWaitingBytes: 99");
  }

  @Test
  void refusedCounters_beginAtZeroForEveryReason() throws Exception {
    try (Journal journal = open(Journals.SMALL)) {
      Map<Refusal, Long> refused = journal.stats().refused();

      assertThat(refused).containsOnlyKeys(Refusal.values());
      assertThat(refused.values()).containsOnly(0L);
    }
  }
}
