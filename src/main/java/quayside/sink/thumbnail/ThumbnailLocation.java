package quayside.sink.thumbnail;

import java.util.Optional;
import java.util.regex.Pattern;
import quayside.configuration.Problem;
import quayside.sink.PermanentFailureException;
import quayside.sink.thumbnail.engine.RenditionSpec;

/**
 * Where thumbnails are kept.
 *
 * @param prefix first part of their keys, ends in a slash
 * @param bucket the bucket for all of them; empty for the bucket of the original
 */
record ThumbnailLocation(String prefix, Optional<String> bucket) {
  /** OSS writes hex digits, and a dash and a count after a multipart upload. */
  private static final Pattern ETAG = Pattern.compile("[0-9A-F]{1,128}(-[0-9]{1,10})?");

  ThumbnailLocation {
    if (prefix.isBlank() || prefix.startsWith("/")) {
      throw new Problem(
              "quayside.thumbnail.prefix",
              prefix,
              "must not be empty or begin with a slash",
              "thumbnails/")
          .exception();
    }
    prefix = prefix.endsWith("/") ? prefix : prefix + "/";
  }

  /** The bucket for the thumbnails of an object in this bucket. */
  String bucketFor(String originalBucket) {
    return bucket.orElse(originalBucket);
  }

  /** The key of a thumbnail of this content. */
  String key(String etag, RenditionSpec spec) throws PermanentFailureException {
    return key(etag, spec.fileName());
  }

  /** The key of the manifest of this content. */
  String manifestKey(String etag) throws PermanentFailureException {
    return key(etag, "manifest.json");
  }

  private String key(String etag, String fileName) throws PermanentFailureException {
    if (!ETAG.matcher(etag).matches()) {
      throw new PermanentFailureException("etag-unusable", "etag: " + etag + " is not hex digits");
    }
    return prefix + etag + "/" + fileName;
  }

  /** True for what this sink wrote itself. */
  boolean holds(String objectBucket, String key) {
    return bucketFor(objectBucket).equals(objectBucket) && key.startsWith(prefix);
  }
}
