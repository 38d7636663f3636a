package quayside.operate.reconcile.run;

import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import quayside.oss.ListedObject;
import quayside.sink.catalog.CatalogWalk.Entry;

/** Buckets and catalogs as a test tells them. */
final class Fakes {
  static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
  static final Instant LONG_AGO = NOW.minusSeconds(3600);
  static final long OLD = LONG_AGO.getEpochSecond() * 1_000_000;

  private Fakes() {}

  static ListedObject listed(String key) {
    return new ListedObject(key, "E-" + key, 5, LONG_AGO);
  }

  static Entry entry(String key) {
    return new Entry(key, "E-" + key, 5L, false, OLD, LONG_AGO, "text/plain", false);
  }

  static BucketSource bucket(Iterator<ListedObject> objects) {
    return new BucketSource() {
      @Override
      public @Nullable ListedObject next() {
        return objects.hasNext() ? objects.next() : null;
      }

      @Override
      public Instant asOf() {
        return NOW;
      }

      @Override
      public void close() {}
    };
  }

  static BucketSource bucket(ListedObject... objects) {
    return bucket(List.of(objects).iterator());
  }
}
