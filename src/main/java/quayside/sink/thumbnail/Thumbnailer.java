package quayside.sink.thumbnail;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import quayside.event.ObjectUploaded;
import quayside.oss.ObjectHead;
import quayside.oss.ObjectNotFoundException;
import quayside.oss.ObjectRefusedException;
import quayside.oss.ObjectStore;
import quayside.oss.ObjectStoreUnavailableException;
import quayside.oss.ObjectTooLargeException;
import quayside.oss.StoredObject;
import quayside.sink.DependencyUnavailableException;
import quayside.sink.PermanentFailureException;
import quayside.sink.thumbnail.engine.Budget;
import quayside.sink.thumbnail.engine.ImageFailure;
import quayside.sink.thumbnail.engine.ImageLimits;
import quayside.sink.thumbnail.engine.Rendition;
import quayside.sink.thumbnail.engine.RenditionSpec;
import quayside.sink.thumbnail.engine.ThumbnailEngine;
import quayside.sink.thumbnail.engine.Thumbnails;

/**
 * Takes one upload from event to thumbnails in the bucket: is it an image, is it still there and
 * the same, what is missing, read it, make what is missing, write it. Stateless and thread-safe.
 */
final class Thumbnailer {
  private final ObjectStore store;
  private final ThumbnailEngine engine;
  private final ImageFilter filter;
  private final ThumbnailShelf shelf;
  private final ImageLimits limits;
  private final Budget bytes;

  Thumbnailer(
      ObjectStore store,
      ThumbnailEngine engine,
      ImageFilter filter,
      ThumbnailShelf shelf,
      ImageLimits limits,
      Budget bytes) {
    this.store = store;
    this.engine = engine;
    this.filter = filter;
    this.shelf = shelf;
    this.limits = limits;
    this.bytes = bytes;
  }

  /** What became of an upload. */
  sealed interface Outcome {}

  /** No thumbnails, and none are wanted. */
  record Skipped(SkipReason reason) implements Outcome {}

  /**
   * All thumbnails of the recipe are in the bucket.
   *
   * @param etag of the original
   * @param source the original
   * @param thumbnails in the order of the recipe
   * @param written how many of them were written now; the others were there
   * @param revision of the recipe
   */
  record Done(
      String etag,
      StoredThumbnail.Source source,
      List<StoredThumbnail> thumbnails,
      int written,
      int revision)
      implements Outcome {}

  /** Makes the thumbnails of an upload, or finds them. */
  Outcome thumbnail(ObjectUploaded upload)
      throws PermanentFailureException, DependencyUnavailableException {
    Optional<SkipReason> skip = filter.reasonToSkip(upload);
    if (skip.isPresent()) {
      return new Skipped(skip.get());
    }
    try {
      String bucket = Objects.requireNonNull(upload.bucket());
      String key = Objects.requireNonNull(upload.key());
      return thumbnail(bucket, key, upload.etag());
    } catch (ObjectNotFoundException e) {
      return new Skipped(SkipReason.OBJECT_GONE);
    } catch (ObjectRefusedException e) {
      throw new PermanentFailureException("object-refused", String.valueOf(e.getMessage()), e);
    } catch (ObjectStoreUnavailableException e) {
      throw new DependencyUnavailableException(String.valueOf(e.getMessage()), e);
    }
  }

  private Outcome thumbnail(String bucket, String key, @Nullable String expectedEtag)
      throws PermanentFailureException,
          DependencyUnavailableException,
          ObjectNotFoundException,
          ObjectRefusedException,
          ObjectStoreUnavailableException {
    ObjectHead head = store.head(bucket, key);
    if (expectedEtag != null && !head.etag().equalsIgnoreCase(expectedEtag)) {
      return new Skipped(SkipReason.STALE);
    }
    limits.checkSize(head.size());
    Map<RenditionSpec, @Nullable StoredThumbnail> found = shelf.find(bucket, head.etag());
    List<RenditionSpec> missing = missing(found);
    if (!missing.isEmpty()) {
      Optional<Thumbnails> made = make(bucket, key, head, missing);
      if (made.isEmpty()) {
        return new Skipped(SkipReason.STALE);
      }
      for (Rendition rendition : made.get().renditions()) {
        found.put(rendition.spec(), shelf.put(bucket, head.etag(), rendition, made.get()));
      }
    }
    shelf.describe(bucket, head.etag(), Manifest.of(head.etag(), found));
    List<StoredThumbnail> all = found.values().stream().map(Objects::requireNonNull).toList();
    return new Done(head.etag(), all.getFirst().source(), all, missing.size(), shelf.revision());
  }

  /** Empty when the object was replaced since its HEAD. */
  private Optional<Thumbnails> make(
      String bucket, String key, ObjectHead head, List<RenditionSpec> wanted)
      throws PermanentFailureException,
          DependencyUnavailableException,
          ObjectNotFoundException,
          ObjectRefusedException,
          ObjectStoreUnavailableException {
    try (Budget.Lease lease = bytes.acquire(head.size());
        Arena arena = Arena.ofConfined()) {
      StoredObject object = store.get(bucket, key, limits.maxBytes(), arena);
      if (!object.head().etag().equals(head.etag())) {
        return Optional.empty();
      }
      return Optional.of(engine.render(object.content(), wanted));
    } catch (ObjectTooLargeException e) {
      throw ImageFailure.IMAGE_TOO_LARGE.because(String.valueOf(e.getMessage()), e);
    }
  }

  private static List<RenditionSpec> missing(Map<RenditionSpec, @Nullable StoredThumbnail> found) {
    List<RenditionSpec> missing = new ArrayList<>();
    found.forEach((spec, thumbnail) -> {
      if (thumbnail == null) {
        missing.add(spec);
      }
    });
    return missing;
  }
}
