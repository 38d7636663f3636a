package quayside.callback.journal;

import java.time.Duration;
import java.util.Map;

/**
 * The journal at one moment, for metrics. Counters count since the journal was opened.
 *
 * @param depth records waiting to be published; records lost to damage count until the drainer has
 *     passed them
 * @param bytes size of all segments
 * @param oldestAge how long the oldest waits; zero when none does
 * @param appended records acknowledged
 * @param drained records published
 * @param rejected records the broker will never take, set aside in {@code *.rejected}
 * @param refused records not taken, by reason
 * @param corruptRegions damaged stretches passed over; their segments are kept as {@code *.corrupt}
 * @param tornBytes bytes of unfinished writes cut off at opening; never acknowledged
 */
public record JournalStats(
    long depth,
    long bytes,
    Duration oldestAge,
    long appended,
    long drained,
    long rejected,
    Map<Refusal, Long> refused,
    long corruptRegions,
    long tornBytes) {

  public JournalStats {
    refused = Map.copyOf(refused);
  }
}
