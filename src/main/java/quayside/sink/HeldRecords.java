package quayside.sink;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.TreeSet;

/**
 * Records that are read but not due, and what may be committed meanwhile: a record that is due soon
 * does not wait for one before it that is due late, and a partition's offset never passes a record
 * that is not done. Used by one thread.
 *
 * @param <P> names a partition
 * @param <R> the records
 */
final class HeldRecords<P, R> {
  private final PriorityQueue<Held<P, R>> waiting =
      new PriorityQueue<>(Comparator.comparing(Held::due));
  private final Map<P, Progress> partitions = new HashMap<>();

  /** A record, its place, and when it may be tried. */
  record Held<P, R>(P partition, long offset, Instant due, R record) {
    Held<P, R> until(Instant later) {
      return new Held<>(partition, offset, later, record);
    }
  }

  /** What is not done of a partition, and where it ends. */
  private static final class Progress {
    private final TreeSet<Long> unfinished = new TreeSet<>();
    private long end;
    private long told = -1;

    private long committable() {
      return unfinished.isEmpty() ? end : unfinished.first();
    }
  }

  /** Takes a record that was read; of one partition in the order of offsets. */
  void hold(Held<P, R> held) {
    Progress progress = partitions.computeIfAbsent(held.partition(), partition -> new Progress());
    progress.unfinished.add(held.offset());
    progress.end = held.offset() + 1;
    waiting.add(held);
  }

  /** The record that is due first, if it is due; it counts as held until it is done. */
  Optional<Held<P, R>> nextDue(Instant now) {
    Held<P, R> first = waiting.peek();
    if (first == null || first.due().isAfter(now)) {
      return Optional.empty();
    }
    return Optional.of(waiting.remove());
  }

  /** A record that was due waits once more. */
  void waitAgain(Held<P, R> held) {
    if (partitions.containsKey(held.partition())) {
      waiting.add(held);
    }
  }

  /** A record is applied, or passed on. One whose partition was given away meanwhile is ignored. */
  void done(Held<P, R> held) {
    Progress progress = partitions.get(held.partition());
    if (progress != null) {
      progress.unfinished.remove(held.offset());
    }
  }

  /** The offsets to commit that changed since this was last asked. */
  Map<P, Long> newlyCommittable() {
    Map<P, Long> offsets = new HashMap<>();
    partitions.forEach((partition, progress) -> {
      long offset = progress.committable();
      if (offset != progress.told) {
        progress.told = offset;
        offsets.put(partition, offset);
      }
    });
    return offsets;
  }

  /** Forgets partitions that another instance has now, or that are to be read again. */
  void forget(Collection<P> gone) {
    waiting.removeIf(held -> gone.contains(held.partition()));
    gone.forEach(partitions::remove);
  }

  /** Records that are not done. */
  int size() {
    return partitions.values().stream().mapToInt(progress -> progress.unfinished.size()).sum();
  }
}
