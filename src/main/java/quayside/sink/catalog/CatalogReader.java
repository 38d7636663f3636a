package quayside.sink.catalog;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Answers questions about objects, each in a transaction and so a session of its own; blocks;
 * thread-safe.
 */
@ApplicationScoped
class CatalogReader {
  private final ObjectRepository objects;
  private final ThumbnailsRepository thumbnails;

  CatalogReader(ObjectRepository objects, ThumbnailsRepository thumbnails) {
    this.objects = objects;
    this.thumbnails = thumbnails;
  }

  /**
   * One object, if the catalog knows it.
   *
   * @throws CatalogRequestException {@link CatalogRefusal#OBJECT_DELETED} when it is known to be
   *     gone
   */
  @Transactional
  Optional<CatalogObject> find(ObjectName name) {
    if (!StoredText.isStorable(name.bucket()) || !StoredText.isStorable(name.key())) {
      return Optional.empty();
    }
    Optional<ObjectEntity> found = objects.findByIdOptional(name);
    if (found.isPresent() && found.get().isDeleted()) {
      throw new CatalogRequestException(CatalogRefusal.OBJECT_DELETED);
    }
    return found.map(object -> CatalogObject.of(object, thumbnails.findById(name)));
  }

  /** One page of objects. */
  @Transactional
  CatalogPage page(ListRequest request) {
    List<ObjectEntity> found = objects.page(request);
    boolean hasNext = found.size() > request.limit();
    List<ObjectEntity> shown = hasNext ? found.subList(0, request.limit()) : found;
    Map<ObjectName, ThumbnailsEntity> thumbnailsOf =
        thumbnails.of(shown.stream().map(object -> object.name).toList());
    return new CatalogPage(
        shown.stream()
            .map(object -> CatalogObject.of(object, thumbnailsOf.get(object.name)))
            .toList(),
        hasNext ? ListCursor.at(request.order(), shown.getLast()).text() : null);
  }
}
