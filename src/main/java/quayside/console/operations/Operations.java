package quayside.console.operations;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the installation does. Stages are told over all instances; journal, callbacks, refusals,
 * conservation and what is waited for are of the instance that answers.
 *
 * @param time when this was so; RFC 3339
 * @param instance which one answers
 * @param stages in the order in which uploads pass them
 * @param feed what rates and latencies are of
 * @param journal null where none is kept
 * @param callbacks null where none are received
 * @param refused refusals that occurred, most frequent first; null where no callbacks are received
 * @param conservation null where no callbacks are received
 * @param waiting sinks that wait for a dependency, each with what it waits for
 */
@JsonPropertyOrder({
  "time",
  "instance",
  "stages",
  "feed",
  "journal",
  "callbacks",
  "refused",
  "conservation",
  "waiting"
})
record Operations(
    String time,
    String instance,
    List<Stage> stages,
    Feed feed,
    @Nullable JournalState journal,
    @Nullable CallbackCounts callbacks,
    @Nullable List<Refusals> refused,
    @Nullable Conservation conservation,
    List<String> waiting) {

  /**
   * A stage, in the last minute; null is what is not known, or what it does not have.
   *
   * @param stage its name
   * @param ratePerSecond uploads
   * @param p50Millis half of them took at most this long since they were received
   * @param p99Millis all but one of a hundred did
   * @param lag records its consumer group has not processed yet
   * @param retryLag records on its retry topics that are not worked off yet
   */
  @JsonPropertyOrder({"stage", "ratePerSecond", "p50Millis", "p99Millis", "lag", "retryLag"})
  record Stage(
      String stage,
      @Nullable Double ratePerSecond,
      @Nullable Long p50Millis,
      @Nullable Long p99Millis,
      @Nullable Long lag,
      @Nullable Long retryLag) {}

  /**
   * The live feed.
   *
   * @param since when it began to read; RFC 3339
   */
  record Feed(String since) {}

  /**
   * The journal.
   *
   * @param depth events that wait to be published
   * @param bytes its size on the disk
   * @param oldestAgeSeconds how long the oldest one waits
   */
  @JsonPropertyOrder({"depth", "bytes", "oldestAgeSeconds"})
  record JournalState(long depth, long bytes, double oldestAgeSeconds) {}

  /**
   * What became of callbacks since the start.
   *
   * @param open neither of these yet
   */
  @JsonPropertyOrder({"received", "published", "journalled", "failed", "refused", "open"})
  record CallbackCounts(
      long received, long published, long journalled, long failed, long refused, long open) {

    /** Those of which it is known what became of them. */
    long decided() {
      return received - open;
    }
  }

  /**
   * Refused callbacks.
   *
   * @param reason stable code
   * @param count since the start
   */
  @JsonPropertyOrder({"reason", "count"})
  record Refusals(String reason, long count) {}

  /**
   * Whether every callback is accounted for.
   *
   * @param balanced false when some were received longer ago than an answer may take, and nothing
   *     is known of them
   * @param open callbacks of which nothing is known yet
   */
  @JsonPropertyOrder({"balanced", "open"})
  record Conservation(boolean balanced, long open) {}
}
