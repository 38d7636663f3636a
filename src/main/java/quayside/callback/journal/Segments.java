package quayside.callback.journal;

import static quayside.log.LogField.CAUSE;
import static quayside.log.LogField.REASON;
import static quayside.log.LogField.SEGMENT;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The journal's segments in order, and the room their files take. Thread-safe. */
final class Segments {
  private static final Logger LOG = Logger.getLogger(Segments.class);

  /** Ends the names of files that are kept for a human. */
  static final String KEPT = ".corrupt";

  private final ConcurrentNavigableMap<Long, Segment> byNumber = new ConcurrentSkipListMap<>();
  private final Storage storage;
  private final Room room;

  Segments(Storage storage, Room room) {
    this.storage = storage;
    this.room = room;
  }

  /** Adds the newest segment, whose bytes are in the room already. */
  void add(Segment segment) {
    byNumber.put(segment.name().number(), segment);
  }

  @Nullable Segment first() {
    return value(byNumber.firstEntry());
  }

  @Nullable Segment after(Segment segment) {
    return value(byNumber.higherEntry(segment.name().number()));
  }

  private static @Nullable Segment value(Map.@Nullable Entry<Long, Segment> entry) {
    return entry == null ? null : entry.getValue();
  }

  Collection<Segment> all() {
    return List.copyOf(byNumber.values());
  }

  /**
   * Removes the sealed segments of which all is published. A file that resists is tried again next
   * time.
   */
  boolean retireBelow(long nextSequence) {
    boolean retired = false;
    for (Segment segment : byNumber.values()) {
      if (!segment.isSealed() || segment.extent().nextSequence() > nextSequence) {
        break;
      }
      retired |= retire(segment);
    }
    return retired;
  }

  /** Deletes the file, or keeps it for a human when something in it could not be read. */
  boolean retire(Segment segment) {
    String file = segment.name().file();
    try {
      if (segment.isDamaged()) {
        storage.rename(file, file + KEPT);
      } else {
        storage.delete(file);
      }
    } catch (IOException e) {
      LOG.warnf(
          "a segment cannot be removed %s %s %s",
          SEGMENT.of(file), REASON.of("journal-io-error"), CAUSE.of(e.getMessage()));
      return false;
    }
    if (byNumber.remove(segment.name().number(), segment)) {
      room.release(segment.extent().end());
    }
    syncDirectory();
    return true;
  }

  /** A removal that is undone by a power loss costs repeated publishing at most. */
  private void syncDirectory() {
    try {
      storage.syncDirectory();
    } catch (IOException e) {
      LOG.warnf(
          "removals are not durable %s %s",
          REASON.of("journal-io-error"), CAUSE.of(e.getMessage()));
    }
  }
}
