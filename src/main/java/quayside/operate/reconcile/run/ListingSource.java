package quayside.operate.reconcile.run;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import quayside.oss.ListedObject;
import quayside.oss.ObjectNotFoundException;
import quayside.oss.ObjectPage;
import quayside.oss.ObjectRefusedException;
import quayside.oss.ObjectStore;
import quayside.oss.ObjectStoreUnavailableException;

/** The bucket as OSS lists it now, a page in memory. */
final class ListingSource implements BucketSource {
  /** The most that OSS gives at once. */
  private static final int PAGE = 1000;

  private final ObjectStore store;
  private final String bucket;
  private final String prefix;
  private final Instant asOf;
  private final Queue<ListedObject> page = new ArrayDeque<>(PAGE);
  private String after;
  private boolean isLast;

  ListingSource(ObjectStore store, String bucket, String prefix, String after, Instant asOf) {
    this.store = store;
    this.bucket = bucket;
    this.prefix = prefix;
    this.after = after;
    this.asOf = asOf;
  }

  @Override
  public @Nullable ListedObject next() throws SourceException {
    while (page.isEmpty() && !isLast) {
      read();
    }
    return page.poll();
  }

  private void read() throws SourceException {
    try {
      ObjectPage next = store.list(bucket, prefix, after, PAGE);
      page.addAll(next.objects());
      isLast = next.isLast();
      if (!next.objects().isEmpty()) {
        after = next.objects().getLast().key();
      }
    } catch (ObjectNotFoundException | ObjectRefusedException | ObjectStoreUnavailableException e) {
      throw new SourceException(String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public Instant asOf() {
    return asOf;
  }

  @Override
  public void close() {}
}
