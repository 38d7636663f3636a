package quayside.sink.catalog;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import quayside.event.CloudEvent;
import quayside.event.ObjectDeleted;
import quayside.event.ObjectThumbnailed;
import quayside.event.ObjectUploaded;
import quayside.sink.DependencyUnavailableException;

/**
 * The whole catalog as the events that its rows came from, page by page in the order of bucket and
 * key: what someone needs who wants to know what it knows. What of an event the catalog does not
 * keep is null. Rows written meanwhile may be missed; their events are on the topics. Blocks;
 * thread-safe.
 */
@ApplicationScoped
public class CatalogEvents {
  private final ObjectRepository objects;
  private final ThumbnailsRepository thumbnails;

  CatalogEvents(ObjectRepository objects, ThumbnailsRepository thumbnails) {
    this.objects = objects;
    this.thumbnails = thumbnails;
  }

  /**
   * The place after an object.
   *
   * @param bucket of the object
   * @param key of the object
   */
  public record Position(String bucket, String key) {
    /** Before the first object. */
    public static final Position START = new Position("", "");
  }

  /**
   * Some objects.
   *
   * @param uploads of those that are there
   * @param thumbnails of those that have some, of whatever version
   * @param deletions of those that are gone
   * @param next where the next page begins; empty when this one has no objects
   */
  public record Page(
      List<CloudEvent<ObjectUploaded>> uploads,
      List<CloudEvent<ObjectThumbnailed>> thumbnails,
      List<CloudEvent<ObjectDeleted>> deletions,
      Optional<Position> next) {
    /** Copies the lists. */
    public Page {
      uploads = List.copyOf(uploads);
      thumbnails = List.copyOf(thumbnails);
      deletions = List.copyOf(deletions);
    }
  }

  /** The next objects, at most {@code limit}. */
  @Transactional
  public Page page(Position after, int limit) throws DependencyUnavailableException {
    try {
      List<ObjectEntity> found = objects.after(new ObjectName(after.bucket(), after.key()), limit);
      return new Page(
          found.stream()
              .filter(Predicate.not(ObjectEntity::isDeleted))
              .map(ObjectEntity::upload)
              .toList(),
          thumbnails.of(found.stream().map(object -> object.name).toList()).values().stream()
              .map(ThumbnailsEntity::event)
              .flatMap(Optional::stream)
              .toList(),
          found.stream().filter(ObjectEntity::isDeleted).map(ObjectEntity::deletion).toList(),
          found.isEmpty()
              ? Optional.empty()
              : Optional.of(
                  new Position(found.getLast().name.bucket(), found.getLast().name.key())));
    } catch (RuntimeException e) {
      throw DatabaseFailure.unavailable(e);
    }
  }
}
