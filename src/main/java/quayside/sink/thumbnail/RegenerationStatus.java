package quayside.sink.thumbnail;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a regeneration is.
 *
 * @param state {@code none}, {@code running}, {@code done}, {@code failed} or {@code cancelled}
 * @param campaign the preset with its version; a campaign that was stopped goes on where it was
 * @param read uploads looked at since it was begun or resumed
 * @param total uploads there were to look at then
 * @param failed uploads of which no thumbnails can be made
 * @param startedAt when it was begun or resumed
 * @param endedAt when it ended
 * @param problem why it failed, or what it waits for
 */
@JsonPropertyOrder({
  "state",
  "campaign",
  "read",
  "total",
  "failed",
  "startedAt",
  "endedAt",
  "problem"
})
public record RegenerationStatus(
    String state,
    @Nullable String campaign,
    long read,
    long total,
    long failed,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable String problem) {

  static final RegenerationStatus NONE =
      new RegenerationStatus("none", null, 0, 0, 0, null, null, null);

  static RegenerationStatus started(String campaign, Instant now) {
    return new RegenerationStatus("running", campaign, 0, 0, 0, now, null, null);
  }

  /** Whether it goes on. */
  public boolean isRunning() {
    return state.equals("running");
  }

  RegenerationStatus of(long newTotal) {
    return new RegenerationStatus(
        state, campaign, read, newTotal, failed, startedAt, endedAt, problem);
  }

  RegenerationStatus advanced(long newlyRead, long newlyFailed) {
    return new RegenerationStatus(
        state, campaign, read + newlyRead, total, failed + newlyFailed, startedAt, endedAt, null);
  }

  RegenerationStatus waiting(String newProblem) {
    return new RegenerationStatus(
        state, campaign, read, total, failed, startedAt, endedAt, newProblem);
  }

  RegenerationStatus ended(String newState, @Nullable String newProblem, Instant now) {
    return new RegenerationStatus(
        newState, campaign, read, total, failed, startedAt, now, newProblem);
  }
}
