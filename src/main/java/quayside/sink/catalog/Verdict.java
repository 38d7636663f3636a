package quayside.sink.catalog;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import quayside.event.CloudEvent;
import quayside.event.EventType;
import quayside.event.IngestPath;
import quayside.event.ObjectDeleted;
import quayside.event.ObjectUploaded;
import quayside.event.ObjectUploaded.Verification;
import quayside.event.VerificationLevel;
import quayside.oss.ObjectHead;

/**
 * Events that say what a look at the bucket showed. Ids are made from what was seen, so that the
 * same observation is the same event; no callback can have such an id (see {@code
 * schemas/README.md}).
 */
public final class Verdict {
  private static final String OBSERVED = "observed-";
  private static final String VERDICT = "verdict-";
  private static final String GONE = "gone-";

  private Verdict() {}

  /** True for the id of an event that settles a contradiction. */
  static boolean isVerdict(String eventId) {
    return eventId.startsWith(VERDICT);
  }

  /** A time as a sequence. */
  public static long sequence(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }

  /** An upload whose callback never came; its sequence is Last-Modified, so it only fills gaps. */
  public static CloudEvent<ObjectUploaded> observed(
      String bucket, String key, ObjectHead head, Instant now) {
    long sequence = sequence(head.lastModified());
    return uploaded(
        OBSERVED + hash(bucket, key, head.etag(), sequence),
        bare(bucket, key, head),
        head.lastModified(),
        now,
        sequence,
        null);
  }

  /** The version that the bucket has, which no event known so far describes. */
  static CloudEvent<ObjectUploaded> observed(
      ObjectName name, ObjectHead head, Instant now, long sequence, String cause) {
    return uploaded(
        VERDICT + hash(name.bucket(), name.key(), head.etag(), sequence),
        bare(name.bucket(), name.key(), head),
        head.lastModified(),
        now,
        sequence,
        cause);
  }

  /** The version that the bucket has, as the event says that described it. */
  static CloudEvent<ObjectUploaded> won(StoredUpload winner, Instant now, long sequence) {
    ObjectName name = winner.name();
    return uploaded(
        VERDICT + hash(name.bucket(), name.key(), String.valueOf(winner.etag), sequence),
        confirmed(winner.data()),
        winner.uploadedAt,
        now,
        sequence,
        winner.identity().id());
  }

  /**
   * An object that the catalog shows is not in the bucket; its sequence is the time of the look.
   */
  public static CloudEvent<ObjectDeleted> gone(String bucket, String key, Instant observedAt) {
    return deleted(GONE, bucket, key, observedAt, sequence(observedAt));
  }

  /** The bucket has none of the versions that contradict one another. */
  static CloudEvent<ObjectDeleted> noneLeft(ObjectName name, Instant observedAt, long sequence) {
    return deleted(VERDICT, name.bucket(), name.key(), observedAt, sequence);
  }

  private static CloudEvent<ObjectDeleted> deleted(
      String prefix, String bucket, String key, Instant observedAt, long sequence) {
    return new CloudEvent<>(
        prefix + hash(bucket, key, "", sequence),
        source(bucket),
        EventType.OBJECT_DELETED_V1,
        key,
        observedAt,
        observedAt,
        bucket + "/" + key,
        sequence,
        IngestPath.RECONCILE,
        null,
        ObjectDeleted.notFound(bucket, key, observedAt));
  }

  private static CloudEvent<ObjectUploaded> uploaded(
      String id,
      ObjectUploaded data,
      Instant time,
      Instant now,
      long sequence,
      @Nullable String cause) {
    return new CloudEvent<>(
        id,
        source(String.valueOf(data.bucket())),
        EventType.OBJECT_UPLOADED_V1,
        data.key(),
        time,
        now,
        data.bucket() + "/" + data.key(),
        sequence,
        IngestPath.RECONCILE,
        cause,
        data);
  }

  private static ObjectUploaded bare(String bucket, String key, ObjectHead head) {
    return new ObjectUploaded(
        bucket,
        key,
        head.etag(),
        head.size(),
        null,
        null,
        head.mimeType(),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        Map.of(),
        Map.of(),
        new Verification(VerificationLevel.CONFIRMED, null, null));
  }

  private static ObjectUploaded confirmed(ObjectUploaded data) {
    return new ObjectUploaded(
        data.bucket(),
        data.key(),
        data.etag(),
        data.size(),
        data.crc64(),
        data.contentMd5(),
        data.mimeType(),
        data.image(),
        data.operation(),
        data.requestId(),
        data.owner(),
        data.requester(),
        data.clientIp(),
        data.vpcId(),
        data.variables(),
        data.fields(),
        new Verification(VerificationLevel.CONFIRMED, null, null));
  }

  private static String source(String bucket) {
    return "acs:oss:-:-:" + bucket;
  }

  private static String hash(String bucket, String key, String etag, long sequence) {
    try {
      byte[] text =
          String.join("\n", bucket, etag, Long.toString(sequence), key)
              .getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
