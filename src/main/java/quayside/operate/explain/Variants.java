package quayside.operate.explain;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import quayside.signature.Bytes;

/**
 * The versions of one part, each value once, the likely ones first; bounded in number and bytes.
 * What comes after the bound is dropped. Used by one thread.
 */
final class Variants {
  private final List<Variant> all = new ArrayList<>();
  private final Set<Bytes> values = new HashSet<>();
  private final Set<Accident> tried = EnumSet.noneOf(Accident.class);
  private long bytes;

  /** Begins with the part as it was received. */
  Variants(Bytes received) {
    all.add(Variant.received(received));
    values.add(received);
  }

  /** A version in which these accidents are undone; null is ignored: there was nothing to undo. */
  void add(@Nullable Bytes value, Change... changes) {
    add(value, List.of(changes));
  }

  /** As above. */
  void add(@Nullable Bytes value, List<Change> changes) {
    changes.forEach(change -> tried.add(change.accident()));
    if (value != null && !isFull() && values.add(value)) {
      all.add(new Variant(value, changes));
      bytes += value.length();
    }
  }

  /** Whether more will be dropped. */
  boolean isFull() {
    return all.size() > ExplainLimits.VARIANTS || bytes > ExplainLimits.VARIANT_BYTES;
  }

  /** The part as it was received, then the others. */
  List<Variant> all() {
    return List.copyOf(all);
  }

  /** The accidents that were looked for. */
  Set<Accident> tried() {
    return EnumSet.copyOf(tried.isEmpty() ? EnumSet.noneOf(Accident.class) : tried);
  }
}
