package quayside.console.preview;

import jakarta.enterprise.context.ApplicationScoped;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import quayside.console.ConsoleRefusal;
import quayside.console.ConsoleRequestException;
import quayside.event.ObjectThumbnailed.Thumbnail;
import quayside.oss.ObjectNotFoundException;
import quayside.oss.ObjectRefusedException;
import quayside.oss.ObjectStore;
import quayside.oss.ObjectStoreUnavailableException;
import quayside.oss.ObjectTooLargeException;
import quayside.oss.StoredObject;
import quayside.sink.DependencyUnavailableException;
import quayside.sink.ObjectPath;
import quayside.sink.catalog.CatalogThumbnails;
import quayside.sink.thumbnail.engine.RenditionFormat;

/**
 * Finds thumbnails in the catalog, and reads them from their bucket, a few at a time. Blocks;
 * thread-safe.
 */
@ApplicationScoped
class Previews {
  /** Ours have some ten kilobytes; the largest a browser would be sent. */
  static final int MOST_BYTES = 4 * 1024 * 1024;

  /** With the bytes of each held twice, 64 MiB at most. */
  private static final int AT_ONCE = 8;

  private static final int WAIT_SECONDS = 10;
  private static final String PREFERRED = RenditionFormat.WEBP.mimeType();

  /** What thumbnails are written in; nothing that can hold a script. */
  private static final Set<String> TYPES =
      Arrays.stream(RenditionFormat.values())
          .map(RenditionFormat::mimeType)
          .collect(Collectors.toUnmodifiableSet());

  private final CatalogThumbnails catalog;
  private final ObjectStore store;
  private final Semaphore permits = new Semaphore(AT_ONCE);

  Previews(CatalogThumbnails catalog, ObjectStore store) {
    this.catalog = catalog;
    this.store = store;
  }

  /**
   * What is asked for; null is any.
   *
   * @param etag the version of the object
   * @param preset name of the preset
   * @param type media type
   */
  record Wish(@Nullable String etag, @Nullable String preset, @Nullable String type) {
    boolean isMet(Thumbnail thumbnail) {
      return (preset == null || preset.equals(thumbnail.preset()))
          && (type == null || type.equals(thumbnail.mimeType()))
          && TYPES.contains(thumbnail.mimeType())
          && thumbnail.size() <= MOST_BYTES;
    }
  }

  /**
   * The thumbnail of an object that is listed and wished for.
   *
   * @throws ConsoleRequestException when there is none, or the catalog cannot be asked
   */
  Thumbnail find(ObjectPath object, Wish wish) {
    return listed(object)
        .filter(version -> wish.etag() == null || wish.etag().equals(version.etag()))
        .flatMap(version ->
            version.thumbnails().stream()
                .filter(wish::isMet)
                .min(Comparator.comparing(found -> !found.mimeType().equals(PREFERRED))))
        .orElseThrow(() -> new ConsoleRequestException(ConsoleRefusal.THUMBNAIL_NOT_FOUND));
  }

  private Optional<CatalogThumbnails.OfVersion> listed(ObjectPath object) {
    try {
      return catalog.find(object.bucket(), object.key());
    } catch (DependencyUnavailableException e) {
      throw new ConsoleRequestException(ConsoleRefusal.CATALOG_UNAVAILABLE, e);
    }
  }

  /**
   * Its bytes.
   *
   * @throws ConsoleRequestException when the bucket does not have it, or cannot be asked
   */
  byte[] read(Thumbnail thumbnail) {
    try {
      if (!permits.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS)) {
        throw new ConsoleRequestException(ConsoleRefusal.BUSY);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ConsoleRequestException(ConsoleRefusal.BUSY);
    }
    try (Arena arena = Arena.ofConfined()) {
      StoredObject stored = store.get(thumbnail.bucket(), thumbnail.key(), MOST_BYTES, arena);
      return stored.content().toArray(ValueLayout.JAVA_BYTE);
    } catch (ObjectNotFoundException | ObjectRefusedException | ObjectTooLargeException e) {
      throw new ConsoleRequestException(ConsoleRefusal.THUMBNAIL_NOT_FOUND);
    } catch (ObjectStoreUnavailableException e) {
      throw new ConsoleRequestException(ConsoleRefusal.OSS_UNAVAILABLE, e);
    } finally {
      permits.release();
    }
  }
}
