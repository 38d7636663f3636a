package quayside.sink.search;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import quayside.sink.search.Change.Target;

/**
 * A batch as engines write it: without what no engine takes, and of each target the newest change
 * alone, since no engine takes the same target twice at once. Not thread-safe.
 */
final class ChangeBatch {
  private final List<Outcome> outcomes = new ArrayList<>();
  private final Map<Target, Integer> newest = new LinkedHashMap<>();
  private final List<Change> changes;

  ChangeBatch(List<Change> changes) {
    this.changes = changes;
    for (int i = 0; i < changes.size(); i++) {
      Optional<Outcome.Failed> failed = Unindexable.reason(changes.get(i));
      // Stale unless written: the same batch has a newer one, or the engine does.
      outcomes.add(failed.isPresent() ? failed.get() : Outcome.STALE);
      if (failed.isEmpty()) {
        newest.merge(changes.get(i).target(), i, this::newer);
      }
    }
  }

  /** What is to be written; no target occurs twice. */
  List<Change> toWrite() {
    return newest.values().stream().map(changes::get).toList();
  }

  /** Says what became of a change of {@link #toWrite}. */
  void outcome(Target target, Outcome outcome) {
    Integer index = newest.get(target);
    if (index == null) {
      throw new IllegalArgumentException("target: " + target + " was not to be written");
    }
    outcomes.set(index, outcome);
  }

  /** One outcome per change, in the order of the changes. */
  List<Outcome> outcomes() {
    return List.copyOf(outcomes);
  }

  private Integer newer(Integer a, Integer b) {
    return changes.get(b).version() > changes.get(a).version() ? b : a;
  }
}
