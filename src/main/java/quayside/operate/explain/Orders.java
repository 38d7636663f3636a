package quayside.operate.explain;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Orders in which things may have stood: all of them while they are few, else the likely ones. The
 * order they are in comes first.
 */
final class Orders {
  private Orders() {}

  /** Orders of things that have names; {@code known} holds orders of names to try first. */
  static <T> List<List<T>> of(List<T> things, Function<T, String> name, List<List<String>> known) {
    Set<List<T>> orders = new LinkedHashSet<>();
    orders.add(List.copyOf(things));
    known.forEach(names -> orders.add(sorted(things, name, names)));
    List<T> alphabetical = new ArrayList<>(things);
    alphabetical.sort((a, b) -> name.apply(a).compareTo(name.apply(b)));
    orders.add(alphabetical);
    orders.add(things.reversed());
    if (things.size() <= ExplainLimits.PERMUTED) {
      permute(new ArrayList<>(things), 0, orders);
    } else if (things.size() <= ExplainLimits.MOVED) {
      moveEach(things, orders);
    }
    return List.copyOf(orders);
  }

  private static <T> List<T> sorted(List<T> things, Function<T, String> name, List<String> names) {
    List<T> sorted = new ArrayList<>(things);
    sorted.sort((a, b) -> Integer.compare(rank(names, name.apply(a)), rank(names, name.apply(b))));
    return sorted;
  }

  private static int rank(List<String> names, String name) {
    int index = names.indexOf(name);
    return index < 0 ? names.size() : index;
  }

  private static <T> void permute(List<T> things, int from, Set<List<T>> orders) {
    if (from >= things.size() - 1) {
      orders.add(List.copyOf(things));
      return;
    }
    for (int i = from; i < things.size(); i++) {
      Collections.swap(things, from, i);
      permute(things, from + 1, orders);
      Collections.swap(things, from, i);
    }
  }

  // One thing that moved to any other place.
  private static <T> void moveEach(List<T> things, Set<List<T>> orders) {
    int count = things.size();
    for (int from = 0; from < count; from++) {
      for (int to = 0; to < count; to++) {
        List<T> moved = new ArrayList<>(things);
        moved.add(to, moved.remove(from));
        orders.add(moved);
      }
    }
  }
}
