package quayside.callback.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import quayside.event.EventRecord;

/** Files as crashes, bad sectors and hostile hands leave them. */
class JournalDamageTest {
  private static final JournalLimits ONE_SEGMENT =
      new JournalLimits(4096, 1 << 20, 4 << 20, Duration.ofHours(1), 1000, 1 << 20, 0);

  /** A disk with one segment of records 0..count-1, and where each begins. */
  private static List<Integer> fill(SimulatedDisk disk, int count) throws IOException {
    List<Integer> starts = new ArrayList<>();
    Journal journal = Journals.open(disk, ONE_SEGMENT);
    for (long id = 0; id < count; id++) {
      Journals.append(journal, id);
      starts.add(disk.content(disk.segments().getLast()).length);
    }
    journal.close();
    starts.addFirst(SegmentHeader.BYTES);
    return starts;
  }

  @Test
  void tailCutAtEveryByte_losesOnlyTheRecordsItCuts() throws Exception {
    SimulatedDisk full = Journals.disk();
    List<Integer> starts = fill(full, 4);
    String name = full.segments().getFirst();
    byte[] content = full.content(name);
    for (int length = 0; length <= content.length; length++) {
      for (int zeros : new int[] {0, 1, 50, 5000}) {
        SimulatedDisk disk = Journals.disk();
        disk.put(name, Arrays.copyOf(Arrays.copyOf(content, length), length + zeros));
        int cut = length;
        long whole = starts.stream().filter(start -> start <= cut).count() - 1;

        try (Journal journal = Journals.open(disk, ONE_SEGMENT)) {
          // A record that merely lost trailing zeros of its own to the cut is whole again with the
          // fill.
          assertThat(Journals.waiting(journal))
              .as("cut to %d, then %d zeros", length, zeros)
              .startsWith(Journals.range(0, Math.max(0, whole)).toArray(Long[]::new))
              .isEqualTo(Journals.range(0, Math.max(0, journal.stats().depth())));
          Journals.append(journal, 99);
          assertThat(Journals.waiting(journal)).endsWith(99L);
        }
        try (Journal journal = Journals.open(disk, ONE_SEGMENT)) {
          assertThat(Journals.waiting(journal)).endsWith(99L);
          assertThat(journal.stats().tornBytes()).as("cut off for good").isZero();
        }
      }
    }
  }

  @Test
  void tornTail_isCountedAndCutOff() throws Exception {
    SimulatedDisk disk = Journals.disk();
    List<Integer> starts = fill(disk, 3);
    String name = disk.segments().getFirst();
    disk.put(name, Arrays.copyOf(disk.content(name), starts.get(2) + 17));

    try (Journal journal = Journals.open(disk, ONE_SEGMENT)) {
      assertThat(Journals.waiting(journal)).containsExactly(0L, 1L);
      assertThat(journal.stats().tornBytes()).isEqualTo(17);
      assertThat(journal.stats().corruptRegions()).isZero();
      assertThat(disk.content(name)).hasSize(starts.get(2));
    }
  }

  /** A bad CRC is never taken for data, wherever the bit is. */
  @Test
  void everyBitFlip_losesOneRecordAtMost_andIsCounted() throws Exception {
    SimulatedDisk full = Journals.disk();
    List<Integer> starts = fill(full, 3);
    String name = full.segments().getFirst();
    byte[] content = full.content(name);
    for (int bit = 0; bit < content.length * 8; bit++) {
      byte[] flipped = content.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      SimulatedDisk disk = Journals.disk();
      disk.put(name, flipped);
      int at = bit / 8;
      long hit = starts.stream().filter(start -> start <= at).count() - 1;
      List<Long> expected = new ArrayList<>(List.of(0L, 1L, 2L));
      expected.remove(hit);

      try (Journal journal = Journals.open(disk, ONE_SEGMENT)) {
        assertThat(Journals.waiting(journal)).as("bit %d", bit).isEqualTo(expected);
        JournalStats stats = journal.stats();
        assertThat(stats.corruptRegions() + stats.tornBytes()).as("bit %d", bit).isPositive();
      }
    }
  }

  @Test
  void corruptMiddle_isPassedOver_andItsSegmentKept() throws Exception {
    SimulatedDisk disk = Journals.disk();
    List<Integer> starts = fill(disk, 10);
    String name = disk.segments().getFirst();
    byte[] content = disk.content(name);
    Arrays.fill(content, starts.get(3) + 5, starts.get(6) + 5, (byte) 0xEE);
    disk.put(name, content);
    List<Long> published = new ArrayList<>();

    try (Journal journal = Journals.open(disk, ONE_SEGMENT);
        JournalDrainer drainer = draining(journal, published)) {
      assertThat(journal.stats().corruptRegions()).isEqualTo(1);
      Journals.append(journal, 10);

      Awaitility.await().until(() -> journal.stats().depth() == 0);
      Awaitility.await().until(() -> disk.list().contains(name + ".corrupt"));
      assertThat(published).containsExactly(0L, 1L, 2L, 7L, 8L, 9L, 10L);
      assertThat(drainer).isNotNull();
    }
    assertThat(disk.content(name + ".corrupt")).isEqualTo(content);
    assertThat(disk.segments()).isEmpty();
  }

  private static JournalDrainer draining(Journal journal, List<Long> published) {
    return JournalDrainer.start(
        journal,
        record -> {
          published.add(Journals.id(record));
          return CompletableFuture.completedFuture(null);
        },
        Journals.QUICK);
  }

  /**
   * The last record decayed after it was acknowledged: it looks like a torn write, so its bytes are
   * kept.
   */
  @Test
  void completeLastRecordWithBadChecksum_isKeptInACopy() throws Exception {
    SimulatedDisk disk = Journals.disk();
    List<Integer> starts = fill(disk, 3);
    String name = disk.segments().getFirst();
    byte[] content = disk.content(name);
    content[content.length - 1] ^= 1;
    disk.put(name, content);

    try (Journal journal = Journals.open(disk, ONE_SEGMENT)) {
      assertThat(Journals.waiting(journal)).containsExactly(0L, 1L);
      assertThat(journal.stats().corruptRegions()).isEqualTo(1);
      assertThat(disk.content(name + "." + starts.get(2) + ".corrupt"))
          .isEqualTo(Arrays.copyOfRange(content, starts.get(2), content.length));
    }
  }

  /**
   * The first sector is gone, and with it header and first record; the name is enough to read the
   * rest.
   */
  @Test
  void damagedHeader_losesOnlyWhatItCovers() throws Exception {
    SimulatedDisk disk = Journals.disk();
    List<Integer> starts = fill(disk, 20);
    String name = disk.segments().getFirst();
    byte[] content = disk.content(name);
    Arrays.fill(content, 0, 512, (byte) 0);
    disk.put(name, content);
    long lost = starts.stream().filter(start -> start < 512).count();

    try (Journal journal = Journals.open(disk, ONE_SEGMENT)) {
      assertThat(Journals.waiting(journal)).isEqualTo(Journals.range(lost, 20));
    }
  }

  /** A sector the disk cannot read must not stop the ingress from starting. */
  @Test
  void unreadableDisk_isDamage_notAFailureToOpen() throws Exception {
    SimulatedDisk disk = Journals.disk();
    fill(disk, 5);
    String name = disk.segments().getFirst();
    byte[] content = disk.content(name);
    disk.everyRead.set(new IOException("Input/output error"));
    try (Journal journal = Journals.open(disk, ONE_SEGMENT)) {
      assertThat(journal.stats().depth()).isZero();
      Journals.append(journal, 9);
    }
    disk.everyRead.set(null);
    assertThat(disk.content(name + ".corrupt")).isEqualTo(content);
  }

  @Test
  void damagedCursor_meansPublishingAgain() throws Exception {
    SimulatedDisk disk = Journals.disk();
    Journal journal = Journals.open(disk, ONE_SEGMENT);
    Journals.appendAll(journal, 0, 4);
    journal.publishedUpTo(3);
    journal.close();
    try (Journal again = Journals.open(disk, ONE_SEGMENT)) {
      assertThat(Journals.waiting(again)).containsExactly(3L);
    }
    byte[] cursor = disk.content(Cursor.FILE);
    cursor[15] ^= 4;
    disk.put(Cursor.FILE, cursor);

    try (Journal again = Journals.open(disk, ONE_SEGMENT)) {
      assertThat(Journals.waiting(again)).containsExactly(0L, 1L, 2L, 3L);
    }
  }

  /**
   * What a sender puts into a record cannot pass for a record of its own when the scan looks for
   * the next one.
   */
  @Test
  void recordWithinARecord_isNotFoundAfterDamage() throws Exception {
    SimulatedDisk full = Journals.disk();
    fill(full, 1);
    byte[] frame = full.content(full.segments().getFirst());
    SimulatedDisk disk = Journals.disk();
    Journal journal = Journals.open(disk, ONE_SEGMENT);
    Journals.append(journal, 1);
    EventRecord hostile = new EventRecord("k", Journals.record(2).headers(), frame);
    Journals.acknowledged(journal.append(hostile).toCompletableFuture());
    Journals.append(journal, 3);
    journal.close();
    String name = disk.segments().getFirst();
    byte[] content = disk.content(name);
    content[SegmentHeader.BYTES + 2] ^= 1;
    disk.put(name, content);

    try (Journal again = Journals.open(disk, ONE_SEGMENT)) {
      assertThat(Journals.waiting(again)).containsExactly(2L, 3L);
    }
  }

  /** Whatever is in the directory, opening ends, in bounded memory, and the journal works. */
  @Test
  void randomBytes_neverStopTheJournal() throws Exception {
    for (int seed = 0; seed < 2000; seed++) {
      Random random = new Random(seed);
      SimulatedDisk disk = new SimulatedDisk(random);
      for (int file = random.nextInt(4); file >= 0; file--) {
        SegmentName name = new SegmentName(file, random.nextInt(50), random.nextInt(3));
        disk.put(name.file(), garbage(random, name.marker()));
      }
      if (random.nextBoolean()) {
        byte[] cursor = new byte[random.nextInt(40)];
        random.nextBytes(cursor);
        disk.put(Cursor.FILE, cursor);
      }
      disk.put("notes.txt", new byte[10]);

      try (Journal journal = Journals.open(disk, ONE_SEGMENT)) {
        Journals.append(journal, 12345);
        assertThat(Journals.waiting(journal)).as("seed %d", seed).endsWith(12345L);
      }
    }
  }

  /** Noise, markers, headers with good checksums and wild lengths, good frames, cut anywhere. */
  private static byte[] garbage(Random random, long marker) {
    ByteBuffer bytes = ByteBuffer.allocate(20_000);
    bytes.put(random.nextInt(4) > 0 ? SegmentHeader.write(1) : ByteBuffer.allocate(7));
    for (int part = random.nextInt(30); part > 0; part--) {
      switch (random.nextInt(4)) {
        case 0 -> bytes.put(new byte[random.nextInt(100)]);
        case 1 -> bytes.putLong(marker);
        case 2 ->
            new FrameHeader(random.nextLong(), 0, random.nextInt(), random.nextInt())
                .write(bytes, marker);
        default -> {
          byte[] record = RecordCodec.encode(Journals.record(part), 4096);
          new Pending(record).write(bytes, marker, random.nextInt(100), System.currentTimeMillis());
        }
      }
    }
    return Arrays.copyOf(bytes.array(), random.nextInt(bytes.position() + 1));
  }
}
