package quayside.callback.journal;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Finds what the journal holds when it is opened, and removes what is published already. Used once,
 * by one thread.
 */
final class Recovery {
  private final Storage storage;
  private final Segments segments;
  private final Room room;
  private final Counters counters;
  private final long published;
  private long nextSequence;
  private long oldestAtMillis = -1;

  /**
   * A recovery.
   *
   * @param published the next sequence to publish, as the cursor says
   */
  Recovery(Storage storage, Segments segments, Room room, Counters counters, long published) {
    this.storage = storage;
    this.segments = segments;
    this.room = room;
    this.counters = counters;
    this.published = published;
    this.nextSequence = published;
  }

  /**
   * What was found.
   *
   * @param nextSegment the number of the next segment
   * @param nextSequence the sequence of the next record
   * @param backlog what waits to be published
   */
  record State(long nextSegment, long nextSequence, Backlog backlog) {}

  /**
   * Reads all segments.
   *
   * @throws JournalVersionException when a later version wrote one; nothing was changed in it
   */
  State run() throws IOException {
    List<SegmentName> names =
        storage.list().stream().map(SegmentName::of).flatMap(Optional::stream).sorted().toList();
    for (int i = 0; i < names.size(); i++) {
      boolean last = i == names.size() - 1;
      recover(names.get(i), last ? Long.MAX_VALUE : names.get(i + 1).firstSequence(), last);
    }
    Segment first = segments.first();
    long firstWaiting =
        first == null ? nextSequence : Math.max(published, first.name().firstSequence());
    return new State(
        names.isEmpty() ? 0 : names.getLast().number() + 1,
        nextSequence,
        new Backlog(firstWaiting, nextSequence, oldestAtMillis));
  }

  private void recover(SegmentName name, long sequenceLimit, boolean last) throws IOException {
    Segment segment;
    try (JournalFile file = storage.open(name.file())) {
      SegmentRecovery recovery = new SegmentRecovery(storage, counters, name, file);
      segment = recovery.run(sequenceLimit, published, last);
      if (oldestAtMillis < 0) {
        oldestAtMillis = recovery.firstWaitingAtMillis();
      }
    }
    room.occupy(segment.extent().end());
    segments.add(segment);
    nextSequence = Math.max(nextSequence, segment.extent().nextSequence());
    if (segment.isEmpty() || segment.extent().nextSequence() <= published) {
      segments.retire(segment);
    }
  }
}
