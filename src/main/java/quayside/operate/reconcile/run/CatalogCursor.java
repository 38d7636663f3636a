package quayside.operate.reconcile.run;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import quayside.sink.DependencyUnavailableException;
import quayside.sink.catalog.CatalogWalk.Entry;
import quayside.sink.search.IndexedVersions.Version;

/**
 * The catalog's objects in the order of keys, with what the index holds of each; a page in memory.
 */
final class CatalogCursor {
  private static final int PAGE = 1000;

  private final Pages pages;
  private final Index index;
  private final Queue<Known> page = new ArrayDeque<>(PAGE);
  private String after;
  private boolean isLast;

  CatalogCursor(Pages pages, Index index, String after) {
    this.pages = pages;
    this.index = index;
    this.after = after;
  }

  /** Reads the objects after a key. */
  @FunctionalInterface
  interface Pages {
    List<Entry> after(String key, int limit) throws DependencyUnavailableException;
  }

  /** Reads what the index holds. */
  @FunctionalInterface
  interface Index {
    Map<String, Version> of(List<String> keys) throws DependencyUnavailableException;
  }

  /**
   * An object.
   *
   * @param indexed null when the index does not know it
   */
  record Known(Entry entry, @Nullable Version indexed) {
    String key() {
      return entry.key();
    }
  }

  /** The next object, or null after the last one. */
  @Nullable Known next() throws DependencyUnavailableException {
    if (page.isEmpty() && !isLast) {
      List<Entry> entries = pages.after(after, PAGE);
      isLast = entries.size() < PAGE;
      if (!entries.isEmpty()) {
        after = entries.getLast().key();
        Map<String, Version> versions = index.of(entries.stream().map(Entry::key).toList());
        entries.forEach(entry -> page.add(new Known(entry, versions.get(entry.key()))));
      }
    }
    return page.poll();
  }
}
