package quayside.operate.reconcile.run;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import quayside.oss.ListedObject;
import quayside.sink.catalog.CatalogWalk.Entry;

/**
 * Something that bucket, catalog and index do not agree on.
 *
 * @param listed what the bucket has, or null
 * @param entry what the catalog has, or null
 */
record Difference(Kind kind, String key, @Nullable ListedObject listed, @Nullable Entry entry) {

  /** What differs. Stable: part of the API and a metric tag. */
  enum Kind {
    /** In the bucket, not in the catalog: the callback never came. */
    MISSING,
    /** Another ETag or size than the catalog says: the callback of an overwrite never came. */
    CHANGED,
    /** In the catalog, not in the bucket: deleted. */
    DELETED,
    /** An image without thumbnails of this version. */
    NO_THUMBNAILS,
    /** The search index holds an older state than the catalog. */
    STALE_INDEX;

    /** The code. */
    String code() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
