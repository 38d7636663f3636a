package quayside.event;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Instant;

/**
 * Data of {@link EventType#OBJECT_DELETED_V1}: somebody looked for an object in its bucket and it
 * was not there. OSS sends no callback for a deletion, so it is known only from then on. Schema:
 * {@code schemas/object-deleted.v1.schema.json}.
 *
 * @param bucket bucket name
 * @param key object key, decoded
 * @param reason how it is known; {@link #NOT_FOUND} so far
 * @param observedAt when OSS said so; the event's {@code sequence} is not before it
 */
@JsonPropertyOrder({"bucket", "key", "reason", "observedAt"})
public record ObjectDeleted(String bucket, String key, String reason, String observedAt) {
  /** A HEAD on the object was answered 404. */
  public static final String NOT_FOUND = "not-found";

  // Jackson gives null for a member that is missing.
  @SuppressWarnings("ConstantValue")
  public ObjectDeleted {
    require("bucket", bucket);
    require("key", key);
    require("reason", reason);
    require("observedAt", observedAt);
  }

  /** Of a HEAD that was answered 404 at this time. */
  public static ObjectDeleted notFound(String bucket, String key, Instant observedAt) {
    return new ObjectDeleted(bucket, key, NOT_FOUND, observedAt.toString());
  }

  @SuppressWarnings("ConstantValue")
  private static void require(String name, String value) {
    if (value == null || value.isEmpty()) {
      throw new IllegalArgumentException(name + ": must not be empty");
    }
  }
}
