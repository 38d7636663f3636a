package quayside.operate.reconcile.run;

import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import quayside.event.CloudEvent;
import quayside.event.ObjectDeleted;
import quayside.event.ObjectUploaded;
import quayside.oss.BucketNotFoundException;
import quayside.oss.ObjectHead;
import quayside.oss.ObjectNotFoundException;
import quayside.oss.ObjectRefusedException;
import quayside.oss.ObjectStore;
import quayside.oss.ObjectStoreUnavailableException;
import quayside.sink.DependencyUnavailableException;
import quayside.sink.ObservedEvents;
import quayside.sink.catalog.CatalogWalk;
import quayside.sink.catalog.CatalogWalk.Entry;
import quayside.sink.catalog.Verdict;

/** Looks at one object that differs and publishes what follows. Thread-safe. */
final class Repair {
  private final String bucket;
  private final ObjectStore store;
  private final CatalogWalk catalog;
  private final ObservedEvents events;
  private final Clock clock;

  Repair(
      String bucket, ObjectStore store, CatalogWalk catalog, ObservedEvents events, Clock clock) {
    this.bucket = bucket;
    this.store = store;
    this.catalog = catalog;
    this.events = events;
    this.clock = clock;
  }

  /** What became of a difference. Stable: part of the API and a metric tag. */
  enum Outcome {
    /** An event is published. */
    PUBLISHED,
    /** The catalog's row is newer than what the bucket has: the catalog asks the bucket itself. */
    TO_SETTLE,
    /** On a closer look nothing differed any more. */
    VANISHED,
    /** OSS refuses to show the object. */
    REFUSED;

    String code() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * Repairs one difference; doing it twice does no harm.
   *
   * @throws DependencyUnavailableException when OSS, the database or Kafka is away
   */
  Outcome repair(Difference difference) throws DependencyUnavailableException {
    return switch (difference.kind()) {
      case MISSING, CHANGED, DELETED -> look(difference);
      case NO_THUMBNAILS, STALE_INDEX -> publishAgain(difference.key());
    };
  }

  private Outcome look(Difference difference) throws DependencyUnavailableException {
    Instant asked = clock.instant();
    try {
      ObjectHead head = store.head(bucket, difference.key());
      return found(difference.key(), head, difference.entry());
    } catch (BucketNotFoundException | ObjectRefusedException e) {
      return Outcome.REFUSED;
    } catch (ObjectNotFoundException e) {
      return gone(difference.key(), difference.entry(), asked);
    } catch (ObjectStoreUnavailableException e) {
      throw new DependencyUnavailableException(String.valueOf(e.getMessage()), e);
    }
  }

  private Outcome found(String key, ObjectHead head, @Nullable Entry entry)
      throws DependencyUnavailableException {
    if (entry != null && !entry.isDeleted() && agrees(head, entry)) {
      return Outcome.VANISHED;
    }
    if (entry != null && Verdict.sequence(head.lastModified()) <= entry.sequence()) {
      catalog.settle(bucket, key);
      return Outcome.TO_SETTLE;
    }
    events.uploaded(Verdict.observed(bucket, key, head, clock.instant()));
    return Outcome.PUBLISHED;
  }

  private Outcome gone(String key, @Nullable Entry entry, Instant asked)
      throws DependencyUnavailableException {
    if (entry == null || entry.isDeleted()) {
      return Outcome.VANISHED;
    }
    if (Verdict.sequence(asked) <= entry.sequence()) {
      catalog.settle(bucket, key);
      return Outcome.TO_SETTLE;
    }
    events.deleted(Verdict.gone(bucket, key, asked));
    return Outcome.PUBLISHED;
  }

  private Outcome publishAgain(String key) throws DependencyUnavailableException {
    Optional<CloudEvent<ObjectUploaded>> upload = catalog.upload(bucket, key);
    if (upload.isPresent()) {
      events.uploaded(upload.get());
      return Outcome.PUBLISHED;
    }
    Optional<CloudEvent<ObjectDeleted>> deletion = catalog.deletion(bucket, key);
    if (deletion.isPresent()) {
      events.deleted(deletion.get());
      return Outcome.PUBLISHED;
    }
    return Outcome.VANISHED;
  }

  private static boolean agrees(ObjectHead head, Entry entry) {
    return (entry.etag() == null || entry.etag().equals(head.etag()))
        && (entry.size() == null || Objects.equals(entry.size(), head.size()));
  }
}
