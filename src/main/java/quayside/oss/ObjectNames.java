package quayside.oss;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * The names OSS allows. Names come out of events and the bucket's becomes part of a host name, so
 * what cannot exist is not asked for.
 *
 * @see <a
 *     href="https://www.alibabacloud.com/help/en/oss/user-guide/bucket-naming-conventions">Bucket
 *     names</a>
 * @see <a
 *     href="https://www.alibabacloud.com/help/en/oss/user-guide/object-naming-conventions">Object
 *     names</a>
 */
final class ObjectNames {
  private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9-]{1,61}[a-z0-9]");
  private static final int MAX_KEY_BYTES = 1023;

  private ObjectNames() {}

  static void check(String bucket) throws ObjectNotFoundException {
    if (!BUCKET.matcher(bucket).matches()) {
      throw new BucketNotFoundException("bucket=" + bucket + ": no bucket can have this name");
    }
  }

  static void check(String bucket, String key) throws ObjectNotFoundException {
    check(bucket);
    int length = key.getBytes(StandardCharsets.UTF_8).length;
    if (length < 1 || length > MAX_KEY_BYTES) {
      throw new ObjectNotFoundException(
          "bucket=%s: a key has 1 to %d bytes, not %d".formatted(bucket, MAX_KEY_BYTES, length));
    }
  }
}
