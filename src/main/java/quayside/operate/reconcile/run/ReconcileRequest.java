package quayside.operate.reconcile.run;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is to be compared.
 *
 * @param bucket name of the bucket
 * @param prefix only keys that begin with it; empty for all
 * @param dryRun tells only
 * @param rate repairs per second at most, or null for the configured rate
 * @param resume goes on where the last such run ended early, if there is one
 * @param thumbnails whether missing thumbnails are looked for; null is yes
 * @param inventory {@code oss://bucket/key} or a file name, or null to list the bucket
 */
record ReconcileRequest(
    String bucket,
    @Nullable String prefix,
    boolean dryRun,
    @Nullable Integer rate,
    boolean resume,
    @Nullable Boolean thumbnails,
    @Nullable String inventory) {
  private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9-]{1,61}[a-z0-9]");
  private static final int MAX_PREFIX = 1023;
  private static final int MAX_RATE = 10_000;
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  // Jackson gives null for a member that is missing.
  @SuppressWarnings("ConstantValue")
  ReconcileRequest {
    if (bucket == null || !BUCKET.matcher(bucket).matches()) {
      throw new IllegalArgumentException("bucket: " + bucket + " is not the name of a bucket");
    }
    if (prefix != null && (prefix.length() > MAX_PREFIX || prefix.indexOf(0) >= 0)) {
      throw new IllegalArgumentException("prefix: must be the beginning of a key");
    }
    if (rate != null && (rate < 1 || rate > MAX_RATE)) {
      throw new IllegalArgumentException("rate: " + rate + " is not 1 to " + MAX_RATE);
    }
  }

  /** The whole bucket, as the schedule wants it. */
  static ReconcileRequest of(String bucket) {
    return new ReconcileRequest(bucket, null, false, null, true, null, null);
  }

  /**
   * Reads the body of a request.
   *
   * @throws IllegalArgumentException with the member, its value and the rule
   */
  static ReconcileRequest parse(byte[] json) {
    try {
      ReconcileRequest request = JSON.readValue(json, ReconcileRequest.class);
      if (request == null) {
        throw new IllegalArgumentException("body: is null");
      }
      return request;
    } catch (IOException e) {
      Throwable cause = e.getCause() instanceof IllegalArgumentException rule ? rule : e;
      throw new IllegalArgumentException(
          String.valueOf(cause.getMessage()).lines().findFirst().orElse("body: is not JSON"), e);
    }
  }

  String prefixOrAll() {
    return prefix == null ? "" : prefix;
  }

  String source() {
    return inventory == null ? "listing" : inventory;
  }

  boolean wantsThumbnails() {
    return thumbnails == null || thumbnails;
  }
}
