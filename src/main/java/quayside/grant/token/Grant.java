package quayside.grant.token;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The permission for one upload. Immutable.
 *
 * @param id names it, for single use
 * @param bucket where the object may go
 * @param keys under which key
 * @param maxSizeBytes how large it may be
 * @param contentTypes what it may be, such as {@code image/png}, in lower case and without
 *     parameters; empty allows all
 * @param subject for whom: the user or service that the caller named
 * @param expires from this instant on (whole seconds) the upload is no longer accepted
 */
public record Grant(
    GrantId id,
    String bucket,
    KeyScope keys,
    long maxSizeBytes,
    Set<String> contentTypes,
    String subject,
    Instant expires) {
  /** Longest bucket name (OSS documentation, bucket naming). */
  public static final int MAX_BUCKET_LENGTH = 63;

  /**
   * Our own limit: a token must fit into the 5 KB of a callback parameter, beside the longest key.
   */
  public static final int MAX_SUBJECT_BYTES = 128;

  /** As above. */
  public static final int MAX_CONTENT_TYPES = 8;

  /** As above; the longest registered media type has 85 characters. */
  public static final int MAX_CONTENT_TYPE_LENGTH = 100;

  private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9-]*+");
  // RFC 6838, section 4.2
  private static final Pattern CONTENT_TYPE =
      Pattern.compile("[a-z0-9][a-z0-9!#$&^_.+-]*+/[a-z0-9][a-z0-9!#$&^_.+-]*+");

  public Grant {
    if (bucket.length() > MAX_BUCKET_LENGTH || !BUCKET.matcher(bucket).matches()) {
      throw new IllegalArgumentException("bucket " + bucket + " must be a bucket name");
    }
    if (maxSizeBytes < 1) {
      throw new IllegalArgumentException("maxSizeBytes " + maxSizeBytes + " must be at least 1");
    }
    contentTypes = Collections.unmodifiableSet(new TreeSet<>(contentTypes));
    if (contentTypes.size() > MAX_CONTENT_TYPES) {
      throw new IllegalArgumentException("contentTypes must be at most " + MAX_CONTENT_TYPES);
    }
    contentTypes.forEach(Grant::requireContentType);
    int subjectBytes = subject.getBytes(StandardCharsets.UTF_8).length;
    if (subjectBytes < 1 || subjectBytes > MAX_SUBJECT_BYTES) {
      throw new IllegalArgumentException("subject must have 1 to " + MAX_SUBJECT_BYTES + " bytes");
    }
    expires = Instant.ofEpochSecond(expires.getEpochSecond());
  }

  /** Whether an object of this Content-Type may be uploaded; its parameters do not matter. */
  boolean allowsContentType(String contentType) {
    int parameters = contentType.indexOf(';');
    String type = parameters < 0 ? contentType : contentType.substring(0, parameters);
    return contentTypes.isEmpty() || contentTypes.contains(type.strip().toLowerCase(Locale.ROOT));
  }

  private static void requireContentType(String type) {
    if (type.length() > MAX_CONTENT_TYPE_LENGTH || !CONTENT_TYPE.matcher(type).matches()) {
      throw new IllegalArgumentException(
          "content type " + type + " must be of the form type/subtype, in lower case");
    }
  }
}
