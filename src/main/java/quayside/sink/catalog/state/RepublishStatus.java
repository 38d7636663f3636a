package quayside.sink.catalog.state;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import quayside.sink.catalog.state.StateWriter.Written;

/**
 * How far a republish is.
 *
 * @param state {@code none}, {@code running}, {@code done}, {@code failed} or {@code cancelled}
 * @param dryRun whether it only counts
 * @param bucket where it is now, as is {@code key}
 * @param published states, or those that would be
 * @param tombstones likewise, of objects that are gone
 * @param skipped objects of which nothing can be told
 * @param startedAt when it began
 * @param endedAt when it ended
 * @param problem why it failed, or what it waits for
 */
@JsonPropertyOrder({
  "state",
  "dryRun",
  "bucket",
  "key",
  "published",
  "tombstones",
  "skipped",
  "startedAt",
  "endedAt",
  "problem"
})
public record RepublishStatus(
    String state,
    boolean dryRun,
    @Nullable String bucket,
    @Nullable String key,
    long published,
    long tombstones,
    long skipped,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable String problem) {

  static final RepublishStatus NONE =
      new RepublishStatus("none", false, null, null, 0, 0, 0, null, null, null);

  static RepublishStatus started(boolean dryRun, Instant now) {
    return new RepublishStatus("running", dryRun, null, null, 0, 0, 0, now, null, null);
  }

  /** Whether it goes on. */
  public boolean isRunning() {
    return state.equals("running");
  }

  RepublishStatus waiting(String newProblem) {
    return new RepublishStatus(
        state, dryRun, bucket, key, published, tombstones, skipped, startedAt, null, newProblem);
  }

  RepublishStatus advanced(String nowBucket, String nowKey, Written more) {
    return new RepublishStatus(
        state,
        dryRun,
        nowBucket,
        nowKey,
        published + more.published(),
        tombstones + more.tombstones(),
        skipped + more.skipped(),
        startedAt,
        null,
        null);
  }

  RepublishStatus ended(String newState, @Nullable String newProblem, Instant now) {
    return new RepublishStatus(
        newState, dryRun, bucket, key, published, tombstones, skipped, startedAt, now, newProblem);
  }
}
