package quayside.sink.search;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a reindex is.
 *
 * @param state {@code none}, {@code running}, {@code done}, {@code failed} or {@code cancelled}
 * @param source {@code topic} or {@code catalog}
 * @param phase what is read now: {@code catalog}, {@code topic}, or {@code following} once the new
 *     index is in use
 * @param read records and rows read
 * @param total records there are to read, as far as known; it grows while events come in
 * @param applied changes written
 * @param stale changes the new index had already, or newer ones
 * @param skipped records that mean nothing to the index
 * @param failed changes the index refused; the sink has set them aside before
 * @param startedAt when it began
 * @param endedAt when it ended
 * @param problem why it failed, or what it waits for
 */
@JsonPropertyOrder({
  "state",
  "source",
  "phase",
  "read",
  "total",
  "applied",
  "stale",
  "skipped",
  "failed",
  "startedAt",
  "endedAt",
  "problem"
})
public record ReindexStatus(
    String state,
    @Nullable String source,
    @Nullable String phase,
    long read,
    long total,
    long applied,
    long stale,
    long skipped,
    long failed,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable String problem) {

  static final ReindexStatus NONE =
      new ReindexStatus("none", null, null, 0, 0, 0, 0, 0, 0, null, null, null);

  static ReindexStatus started(String source, Instant now) {
    return new ReindexStatus("running", source, null, 0, 0, 0, 0, 0, 0, now, null, null);
  }

  /** Whether it goes on. */
  public boolean isRunning() {
    return state.equals("running");
  }

  ReindexStatus phase(String newPhase) {
    return new ReindexStatus(
        state, source, newPhase, read, total, applied, stale, skipped, failed, startedAt, endedAt,
        null);
  }

  ReindexStatus waiting(String newProblem) {
    return new ReindexStatus(
        state,
        source,
        phase,
        read,
        total,
        applied,
        stale,
        skipped,
        failed,
        startedAt,
        endedAt,
        newProblem);
  }

  ReindexStatus ended(String newState, @Nullable String newProblem, Instant now) {
    return new ReindexStatus(
        newState,
        source,
        phase,
        read,
        total,
        applied,
        stale,
        skipped,
        failed,
        startedAt,
        now,
        newProblem);
  }

  ReindexStatus advanced(long nowRead, long nowTotal, long nowSkipped, Iterable<Outcome> outcomes) {
    long nowApplied = applied;
    long nowStale = stale;
    long nowFailed = failed;
    for (Outcome outcome : outcomes) {
      switch (outcome) {
        case Outcome.Applied yes -> nowApplied++;
        case Outcome.Stale old -> nowStale++;
        case Outcome.Failed no -> nowFailed++;
      }
    }
    return new ReindexStatus(
        state,
        source,
        phase,
        nowRead,
        nowTotal,
        nowApplied,
        nowStale,
        skipped + nowSkipped,
        nowFailed,
        startedAt,
        endedAt,
        null);
  }
}
