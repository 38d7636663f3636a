package quayside.sink.search;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * Ids and exact terms as digests: OpenSearch takes ids of at most 512 bytes, and object keys have
 * up to 1,023.
 */
final class OpenSearchNames {

  private OpenSearchNames() {}

  /** The id of an object's document, and the owner of its thumbnails. */
  static String document(ObjectId id) {
    return digest(id.bucket(), id.key());
  }

  /** The id of the thumbnails of one version. */
  static String thumbnails(ObjectId id, String etag) {
    return digest(id.bucket(), id.key(), etag);
  }

  /** The event that caused thumbnails. */
  static String cause(ObjectId id, String eventId) {
    return digest(id.bucket(), id.key(), eventId);
  }

  /** A variable with its value, which may be of any length. */
  static String variable(String name, String value) {
    return digest(name, value);
  }

  // NUL separates: no text that an index takes contains it.
  private static String digest(String... parts) {
    try {
      byte[] joined = String.join("\0", parts).getBytes(StandardCharsets.UTF_8);
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(joined);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }
}
