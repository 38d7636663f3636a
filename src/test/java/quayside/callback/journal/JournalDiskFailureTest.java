package quayside.callback.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Disks that fail or run full: an honest refusal, and nothing of what was acknowledged before is
 * touched.
 */
class JournalDiskFailureTest {
  private final SimulatedDisk disk = Journals.disk();

  /**
   * After a failed fsync the kernel calls the pages clean: trusting the same file again would lose
   * what it lost.
   */
  @Test
  void failedFsync_refusesItsRecords_andLeavesTheSegment() throws Exception {
    Journal journal = Journals.open(disk);
    Journals.append(journal, 0);
    disk.nextForce.set(new IOException("Input/output error"));

    assertThat(Journals.refusal(journal, 1)).isEqualTo(Refusal.IO_ERROR);

    await().until(journal::hasRoom);
    Journals.append(journal, 2);
    assertThat(disk.segments()).hasSize(2);
    assertThat(Journals.waiting(journal)).containsExactly(0L, 2L);
    SimulatedDisk after = disk.powerLoss();
    journal.close();
    try (Journal again = Journals.open(after)) {
      assertThat(Journals.waiting(again)).containsExactly(0L, 2L);
      assertThat(again.stats().corruptRegions()).isZero();
    }
  }

  @Test
  void failedWrite_refusesItsRecords_andGivesTheirRoomBack() throws Exception {
    try (Journal journal = Journals.open(disk)) {
      Journals.append(journal, 0);
      long bytes = journal.stats().bytes();
      disk.nextWrite.set(new IOException("Input/output error"));

      assertThat(Journals.refusal(journal, 1)).isEqualTo(Refusal.IO_ERROR);

      assertThat(journal.stats().bytes()).isEqualTo(bytes);
      assertThat(journal.stats().refused()).containsEntry(Refusal.IO_ERROR, 1L);
      await().until(journal::hasRoom);
      Journals.append(journal, 2);
      assertThat(Journals.waiting(journal)).containsExactly(0L, 2L);
    }
  }

  /**
   * The failing disk does not even let the bytes be cut off; the next segment's name says where the
   * old one ends.
   */
  @Test
  void failureThatCannotBeCutOff_isStillNotPublished() throws Exception {
    Journal journal = Journals.open(disk);
    Journals.append(journal, 0);
    String first = disk.segments().getFirst();
    disk.nextForce.set(new IOException("Input/output error"));
    assertThat(Journals.refusal(journal, 1)).isEqualTo(Refusal.IO_ERROR);
    await().until(journal::hasRoom);
    Journals.append(journal, 2);
    SegmentName name = SegmentName.of(first).orElseThrow();
    ByteBuffer zombie = ByteBuffer.allocate(4096);
    zombie.put(disk.content(first));
    new Pending(RecordCodec.encode(Journals.record(1), 4096)).write(zombie, name.marker(), 1, 0);
    SimulatedDisk after = disk.processKilled();
    journal.close();
    after.put(first, Arrays.copyOf(zombie.array(), zombie.position()));

    try (Journal again = Journals.open(after)) {
      assertThat(Journals.waiting(again)).containsExactly(0L, 2L);
      assertThat(again.stats().depth()).isEqualTo(2);
    }
  }

  @Test
  void shortWrites_areCompleted() throws Exception {
    disk.shortWrites = true;
    try (Journal journal = Journals.open(disk)) {
      Journals.appendAll(journal, 0, 200);

      assertThat(Journals.waiting(journal)).isEqualTo(Journals.range(0, 200));
    }
  }

  @Test
  void segmentThatCannotBeMade_isAnHonestRefusal_untilItCan() throws Exception {
    try (Journal journal = Journals.open(disk)) {
      Journals.append(journal, 0);
      long id = 1;
      Refusal refusal = null;
      disk.nextCreate.set(new IOException("Too many open files"));
      while (refusal == null) {
        CompletableFuture<Position> append =
            journal.append(Journals.record(id)).toCompletableFuture();
        if (append.handle((position, failure) -> failure).get(20, TimeUnit.SECONDS) == null) {
          id++;
        } else {
          refusal = Journals.refusal(append);
        }
      }

      assertThat(refusal).isEqualTo(Refusal.IO_ERROR);
      await().until(journal::hasRoom);
      Journals.append(journal, id);
      assertThat(Journals.waiting(journal)).isEqualTo(Journals.range(0, id + 1));
    }
  }

  @Test
  void fullDisk_refuses_keepsWhatItHas_andGoesOnWhenThereIsSpace() throws Exception {
    disk.capacity = 5000;
    try (Journal journal = Journals.open(disk)) {
      long id = fillUp(journal);

      assertThat(Journals.waiting(journal)).isEqualTo(Journals.range(0, id));
      assertThat(journal.stats().refused().get(Refusal.DISK_FULL)).isPositive();
      disk.capacity = 50_000;
      await().until(journal::hasRoom);
      Journals.append(journal, id);
      assertThat(Journals.waiting(journal)).isEqualTo(Journals.range(0, id + 1));
    }
  }

  /** Below the reserve nothing is even tried, so that the cursor can still be written. */
  @Test
  void diskBelowItsReserve_isNotReady() throws Exception {
    JournalLimits limits =
        new JournalLimits(4096, 2000, 1 << 20, Duration.ofHours(1), 1000, 1 << 20, 10_000);
    disk.capacity = 12_000;
    try (Journal journal = Journals.open(disk, limits)) {
      long id = fillUp(journal);

      assertThat(journal.hasRoom()).isFalse();
      assertThat(12_000 - disk.usableBytes()).isLessThan(2500);
      journal.publishedUpTo(id);
      journal.saveCursor();
      assertThat(disk.list()).contains(Cursor.FILE);
    }
  }

  private static long fillUp(Journal journal) throws Exception {
    for (long id = 0; ; id++) {
      CompletableFuture<Position> append =
          journal.append(Journals.record(id)).toCompletableFuture();
      if (append.handle((position, failure) -> failure).get(20, TimeUnit.SECONDS) != null) {
        assertThat(Journals.refusal(append)).isEqualTo(Refusal.DISK_FULL);
        return id;
      }
    }
  }

  /** Opening on a full disk: what is there can be drained, which frees the disk. */
  @Test
  void fullDiskAtOpening_stillDrains() throws Exception {
    Journal before = Journals.open(disk);
    Journals.appendAll(before, 0, 50);
    before.close();
    disk.capacity = 0;
    List<Long> published = new ArrayList<>();

    try (Journal journal = Journals.open(disk);
        JournalDrainer drainer =
            JournalDrainer.start(
                journal,
                record -> {
                  published.add(Journals.id(record));
                  return CompletableFuture.completedFuture(null);
                },
                Journals.QUICK)) {
      await().until(() -> journal.stats().depth() == 0);
      assertThat(published).isEqualTo(Journals.range(0, 50));
      assertThat(drainer).isNotNull();
    }
    assertThat(disk.segments()).isEmpty();
  }

  /**
   * A real file system that is really full, where we may make one (root); the same story on the
   * simulated disk else.
   */
  @Test
  void fullFileSystem_refuses_andGoesOnWhenThereIsSpace(@TempDir Path parent) throws Exception {
    Path mount = Files.createDirectory(parent.resolve("small"));
    boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", mount.toString());
    try {
      Path ballast = mount.resolve("ballast");
      SimulatedDisk simulated = Journals.disk();
      if (mounted) {
        Files.write(ballast, new byte[900_000]);
      } else {
        simulated.capacity = 100_000;
      }
      Storage storage = mounted ? DiskStorage.open(mount.resolve("journal")) : simulated;
      try (Journal journal = Journal.open(storage, Journals.SMALL, Clock.systemUTC())) {
        long id = fillUp(journal);
        assertThat(id).isPositive();
        assertThat(Journals.waiting(journal)).isEqualTo(Journals.range(0, id));

        Files.deleteIfExists(ballast);
        simulated.capacity = Long.MAX_VALUE;

        await().until(journal::hasRoom);
        Journals.append(journal, id);
        assertThat(Journals.waiting(journal)).isEqualTo(Journals.range(0, id + 1));
      }
    } finally {
      if (mounted) {
        assertThat(run("umount", mount.toString())).isTrue();
      }
    }
  }

  private static boolean run(String... command) throws Exception {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
  }
}
