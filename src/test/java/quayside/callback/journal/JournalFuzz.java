package quayside.callback.journal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
import quayside.event.EventRecord;
import quayside.fuzz.Bounded;

/**
 * Recovery of whatever is on the disk. The input is a program: {@code F} ends a segment and begins
 * the next, {@code S} writes a good segment header, {@code G} writes a good frame, {@code H} a
 * header with a good checksum and anything in it, {@code R} a frame with a good checksum around any
 * record, {@code C} begins the cursor's file, {@code L n} n bytes as they are; what is no
 * instruction is a byte as it is. The journal must open or refuse, read only records whose
 * checksums hold, in order, and go on working.
 */
public final class JournalFuzz {
  private static final JournalLimits LIMITS =
      new JournalLimits(4096, 2000, 1 << 20, java.time.Duration.ofDays(36_500), 1000, 1 << 20, 0);
  private static final long APPENDED = 123_456_789L;

  private JournalFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    List<Segmented> segments = new Program(ByteBuffer.wrap(input)).run(empty());
    // Three windows of 256 KiB for each segment read, one record of at most 1 MiB in each.
    long fixed = (8L << 20) + segments.size() * (8L << 20);
    List<EventRecord> records =
        Bounded.allocation(fixed, 200, input.length, () -> recovered(input));
    if (records == null) {
      return;
    }
    EventRecord last = records.removeLast();
    if (Journals.id(last) != APPENDED) {
      throw new AssertionError("what was appended last is not read last");
    }
    List<EventRecord> genuine = segments.stream().flatMap(s -> s.genuine().stream()).toList();
    if (!isSubsequence(records, genuine)) {
      throw new AssertionError("invented records: " + records.size() + " of " + genuine.size());
    }
  }

  private static SimulatedDisk empty() {
    return new SimulatedDisk(new Random(1));
  }

  /** All records, the last one appended after the recovery; null when a later version wrote. */
  private static List<EventRecord> recovered(byte[] input) throws IOException {
    SimulatedDisk disk = empty();
    new Program(ByteBuffer.wrap(input)).run(disk);
    try (Journal journal = Journals.open(disk, LIMITS)) {
      Journals.append(journal, APPENDED);
      List<EventRecord> records = new ArrayList<>();
      try (JournalReader reader = journal.reader()) {
        JournalReader.Batch batch = reader.read(7, 1 << 20);
        while (!batch.entries().isEmpty()) {
          batch.entries().forEach(entry -> records.add(entry.record()));
          batch = reader.read(7, 1 << 20);
        }
      }
      return records;
    } catch (JournalVersionException e) {
      return null;
    }
  }

  private static boolean isSubsequence(List<EventRecord> part, List<EventRecord> whole) {
    int found = 0;
    for (EventRecord record : whole) {
      if (found < part.size() && part.get(found).equals(record)) {
        found++;
      }
    }
    return found == part.size();
  }

  /** A segment's file, and every record in it whose checksums hold, found by a plain search. */
  private record Segmented(SegmentName name, byte[] content) {
    List<EventRecord> genuine() {
      ByteBuffer bytes = ByteBuffer.wrap(content);
      List<EventRecord> records = new ArrayList<>();
      for (int at = 0; at + 36 <= content.length; at++) {
        long length = bytes.getInt(at + 24);
        if (bytes.getLong(at) == name.marker()
            && length > 0
            && at + 36 + length <= content.length
            && crc(content, at, 32) == bytes.getInt(at + 32)
            && crc(content, at + 36, (int) length) == bytes.getInt(at + 28)) {
          add(bytes.slice(at + 36, (int) length), records);
        }
      }
      return records;
    }

    private static void add(ByteBuffer record, List<EventRecord> records) {
      try {
        records.add(RecordCodec.decode(record));
      } catch (RecordCodec.MalformedException | JournalVersionException e) {
        // A good checksum around something else: nothing that may be read.
      }
    }

    private static int crc(byte[] bytes, int from, int length) {
      CRC32C crc = new CRC32C();
      crc.update(bytes, from, length);
      return (int) crc.getValue();
    }
  }

  /** Writes the files. */
  private static final class Program {
    private static final int MAX_SEGMENTS = 3;
    private static final int MAX_BYTES = 32 << 10;

    private final ByteBuffer code;
    private final List<Segmented> segments = new ArrayList<>();
    private final ByteArrayOutputStream file = new ByteArrayOutputStream();
    private long sequence;

    Program(ByteBuffer code) {
      this.code = code;
    }

    List<Segmented> run(SimulatedDisk disk) {
      boolean cursor = false;
      while (code.hasRemaining() && file.size() < MAX_BYTES && !cursor) {
        byte instruction = code.get();
        switch (instruction) {
          case 'F' -> endSegment();
          case 'S' -> file.writeBytes(SegmentHeader.write(SegmentHeader.VERSION).array());
          case 'G' -> frame(RecordCodec.encode(Journals.record(sequence), 4096));
          case 'R' -> frame(literal());
          case 'H' -> header();
          case 'C' -> cursor = true;
          case 'L' -> file.writeBytes(literal());
          default -> file.write(instruction);
        }
      }
      endSegment();
      segments.forEach(segment -> disk.put(segment.name().file(), segment.content()));
      if (cursor) {
        byte[] rest = new byte[code.remaining()];
        code.get(rest);
        disk.put(Cursor.FILE, rest);
      }
      return segments;
    }

    private void endSegment() {
      if (segments.size() < MAX_SEGMENTS) {
        long first = segments.isEmpty() ? 0 : sequence;
        segments.add(
            new Segmented(new SegmentName(segments.size(), first, marker()), file.toByteArray()));
        file.reset();
      }
    }

    private long marker() {
      return 0x5155_4159_0000_0000L + segments.size();
    }

    private void frame(byte[] record) {
      if (record.length == 0) {
        return;
      }
      ByteBuffer frame = ByteBuffer.allocate(FrameHeader.BYTES + record.length);
      new Pending(record).write(frame, marker(), sequence++, 1_795_341_600_000L);
      file.writeBytes(frame.array());
    }

    private void header() {
      byte[] wild = new byte[24];
      code.get(wild, 0, Math.min(24, code.remaining()));
      ByteBuffer in = ByteBuffer.wrap(wild);
      ByteBuffer header = ByteBuffer.allocate(FrameHeader.BYTES);
      new FrameHeader(in.getLong(), in.getLong(), in.getInt(), in.getInt()).write(header, marker());
      file.writeBytes(header.array());
    }

    private byte[] literal() {
      int length = code.hasRemaining() ? Byte.toUnsignedInt(code.get()) : 0;
      byte[] bytes = new byte[Math.min(length, code.remaining())];
      code.get(bytes);
      return bytes;
    }
  }
}
