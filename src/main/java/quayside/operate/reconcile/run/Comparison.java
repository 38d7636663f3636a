package quayside.operate.reconcile.run;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import quayside.operate.reconcile.run.CatalogCursor.Known;
import quayside.operate.reconcile.run.Difference.Kind;
import quayside.oss.Keys;
import quayside.oss.ListedObject;
import quayside.sink.DependencyUnavailableException;
import quayside.sink.catalog.CatalogWalk.Entry;
import quayside.sink.search.IndexedVersions.Version;

/**
 * Walks bucket and catalog side by side, both in the order of keys, and tells where they differ.
 * Holds one object of each. What is younger than the grace period before the source's time is left
 * alone: its callback, or its way through the sinks, may not be over. For one thread.
 */
final class Comparison {
  private final BucketSource bucket;
  private final CatalogCursor catalog;
  private final List<String> excluded;
  private final boolean thumbnails;
  private final Instant settled;
  private final long asOfMicros;
  private @Nullable ListedObject listed;
  private @Nullable Known known;
  private boolean begun;
  private @Nullable Difference difference;
  private long compared;
  private String lastKey = "";

  /**
   * A comparison.
   *
   * @param excluded prefixes of keys that are not compared
   * @param thumbnails whether missing thumbnails are differences
   * @param grace how long a callback and the sinks may take
   */
  Comparison(
      BucketSource bucket,
      CatalogCursor catalog,
      List<String> excluded,
      boolean thumbnails,
      Duration grace) {
    this.bucket = bucket;
    this.catalog = catalog;
    this.excluded = List.copyOf(excluded);
    this.thumbnails = thumbnails;
    this.settled = bucket.asOf().minus(grace);
    this.asOfMicros = ChronoUnit.MICROS.between(Instant.EPOCH, bucket.asOf());
  }

  /** Objects compared so far. */
  long compared() {
    return compared;
  }

  /** The last key compared. */
  String lastKey() {
    return lastKey;
  }

  /**
   * Compares the next object, of whichever side it is.
   *
   * @return false when there are no more; then {@link #difference} has not changed
   */
  boolean advance() throws SourceException, DependencyUnavailableException {
    if (!begun) {
      listed = bucket.next();
      known = catalog.next();
      begun = true;
    }
    if (listed == null && known == null) {
      return false;
    }
    int order =
        listed == null ? 1 : known == null ? -1 : Keys.ORDER.compare(listed.key(), known.key());
    ListedObject there = order <= 0 ? listed : null;
    Known here = order >= 0 ? known : null;
    lastKey = there == null ? Objects.requireNonNull(here).key() : there.key();
    compared++;
    difference = excluded.stream().anyMatch(lastKey::startsWith) ? null : compare(there, here);
    if (there != null) {
      listed = bucket.next();
    }
    if (here != null) {
      known = catalog.next();
    }
    return true;
  }

  /** How the object compared last differs, or null when it does not. */
  @Nullable Difference difference() {
    return difference;
  }

  private @Nullable Difference compare(@Nullable ListedObject there, @Nullable Known here) {
    Entry entry = here == null ? null : here.entry();
    Kind kind = kind(there, here, entry);
    return kind == null ? null : new Difference(kind, lastKey, there, entry);
  }

  private @Nullable Kind kind(
      @Nullable ListedObject there, @Nullable Known here, @Nullable Entry entry) {
    if (there != null && (entry == null || entry.isDeleted())) {
      return there.lastModified().isBefore(settled) ? Kind.MISSING : null;
    }
    if (there == null && entry != null && !entry.isDeleted()) {
      return entry.sequence() < asOfMicros ? Kind.DELETED : null;
    }
    if (there != null && entry != null && differ(there, entry)) {
      return there.lastModified().isBefore(settled) ? Kind.CHANGED : null;
    }
    if (here == null || entry == null || !entry.updatedAt().isBefore(settled)) {
      return null;
    }
    if (isStale(entry, here.indexed())) {
      return Kind.STALE_INDEX;
    }
    return thumbnails && !entry.isDeleted() && isImage(entry) && !entry.hasThumbnails()
        ? Kind.NO_THUMBNAILS
        : null;
  }

  // What the catalog does not know does not differ.
  private static boolean differ(ListedObject there, Entry entry) {
    return (entry.etag() != null && !entry.etag().equals(there.etag()))
        || (entry.size() != null && entry.size() != there.size());
  }

  private static boolean isStale(Entry entry, @Nullable Version indexed) {
    if (indexed == null) {
      return !entry.isDeleted();
    }
    return indexed.version() < entry.sequence() && !(entry.isDeleted() && indexed.isDeleted());
  }

  private static boolean isImage(Entry entry) {
    String mimeType = entry.mimeType() == null ? "" : entry.mimeType().toLowerCase(Locale.ROOT);
    return mimeType.startsWith("image/") && !mimeType.startsWith("image/svg");
  }
}
