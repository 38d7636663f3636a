package quayside.sink.thumbnail;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import quayside.oss.ObjectHead;
import quayside.oss.ObjectNotFoundException;
import quayside.oss.ObjectRefusedException;
import quayside.oss.ObjectStore;
import quayside.oss.ObjectStoreUnavailableException;
import quayside.sink.DependencyUnavailableException;
import quayside.sink.PermanentFailureException;
import quayside.sink.thumbnail.engine.Rendition;
import quayside.sink.thumbnail.engine.RenditionSpec;
import quayside.sink.thumbnail.engine.Thumbnails;

/**
 * The thumbnails in the bucket: finds what is there and writes what is missing. Stateless and
 * thread-safe.
 */
final class ThumbnailShelf {
  private final ObjectStore store;
  private final ThumbnailLocation location;
  private final Recipe recipe;

  ThumbnailShelf(ObjectStore store, ThumbnailLocation location, Recipe recipe) {
    this.store = store;
    this.location = location;
    this.recipe = recipe;
  }

  /**
   * What the recipe asks for, in its order, with what is there already.
   *
   * @return a value of null for each that is missing or was made by another recipe
   */
  Map<RenditionSpec, @Nullable StoredThumbnail> find(String originalBucket, String etag)
      throws PermanentFailureException, ObjectRefusedException, ObjectStoreUnavailableException {
    String bucket = location.bucketFor(originalBucket);
    Map<RenditionSpec, @Nullable StoredThumbnail> found = new LinkedHashMap<>();
    for (RenditionSpec spec : recipe.specs()) {
      String key = location.key(etag, spec);
      Optional<ObjectHead> head = head(bucket, key);
      found.put(spec, head.flatMap(it -> StoredThumbnail.read(bucket, key, spec, it)).orElse(null));
    }
    return found;
  }

  /** Writes one. */
  StoredThumbnail put(String originalBucket, String etag, Rendition rendition, Thumbnails made)
      throws PermanentFailureException,
          DependencyUnavailableException,
          ObjectRefusedException,
          ObjectStoreUnavailableException {
    String bucket = location.bucketFor(originalBucket);
    String key = location.key(etag, rendition.spec());
    Map<String, String> metadata = StoredThumbnail.metadata(rendition, made);
    put(bucket, key, rendition.spec().format().mimeType(), metadata, rendition.content());
    return StoredThumbnail.of(bucket, key, rendition, made);
  }

  /** Writes the manifest, unless it says the same already. */
  void describe(String originalBucket, String etag, Manifest manifest)
      throws PermanentFailureException,
          DependencyUnavailableException,
          ObjectRefusedException,
          ObjectStoreUnavailableException {
    String bucket = location.bucketFor(originalBucket);
    String key = location.manifestKey(etag);
    Map<String, String> metadata = manifest.metadata();
    boolean same = head(bucket, key).map(it -> it.metadata().equals(metadata)).orElse(false);
    if (!same) {
      put(bucket, key, Manifest.MIME_TYPE, metadata, manifest.json());
    }
  }

  /** See {@link Recipe#revision}. */
  int revision() {
    return recipe.revision();
  }

  private void put(
      String bucket, String key, String mimeType, Map<String, String> metadata, byte[] content)
      throws DependencyUnavailableException,
          ObjectRefusedException,
          ObjectStoreUnavailableException {
    try {
      store.put(bucket, key, mimeType, metadata, content);
    } catch (ObjectNotFoundException e) {
      throw new DependencyUnavailableException(
          "bucket=" + bucket + " for thumbnails does not exist", e);
    }
  }

  private Optional<ObjectHead> head(String bucket, String key)
      throws ObjectRefusedException, ObjectStoreUnavailableException {
    try {
      return Optional.of(store.head(bucket, key));
    } catch (ObjectNotFoundException missing) {
      return Optional.empty();
    }
  }
}
