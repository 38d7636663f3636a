package quayside.operate.redrive.service;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import quayside.event.IngestPath;
import quayside.operate.redrive.Position;
import quayside.sink.DelayedRetry;

/**
 * The headers of a record that is moved back: those of a retry that is due at once, and who moved
 * it.
 *
 * @param retry with all tries ahead
 * @param of position of the dead letter
 * @param by who moved it
 * @param filter by which filter, as JSON
 * @param count how often the record has been moved back, this time included
 */
record RedriveMark(DelayedRetry retry, Position of, String by, String filter, int count) {
  /** The header that names the dead letter. */
  static final String OF = "redrive-of";

  /** The header that counts. */
  static final String COUNT = "redrive-count";

  private static final int MAX_FILTER_CHARACTERS = 1000;

  Map<String, String> headers() {
    Instant time = retry.time();
    Map<String, String> headers = new LinkedHashMap<>(retry.headers());
    headers.put("ce_ingestpath", IngestPath.REDRIVE.value());
    headers.put(OF, of.toString());
    headers.put(COUNT, Integer.toString(count));
    headers.put("redrive-by", by);
    headers.put("redrive-time", time.toString());
    headers.put(
        "redrive-filter", filter.substring(0, Math.min(filter.length(), MAX_FILTER_CHARACTERS)));
    return headers;
  }
}
