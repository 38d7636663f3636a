package quayside.callback;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * When an upload happened, as far as a callback tells: the first eight hex digits of the request id
 * are Unix seconds (seen in every capture, not documented), the {@code Date} header says when the
 * callback was sent (not signed). Each is believed only near the time of receipt, so that a
 * replayed or foreign value cannot place an event anywhere in time.
 */
final class UploadTime {
  /** Longer than any upload waits for its callback. */
  private static final Duration MAX_AGE = Duration.ofDays(1);

  /** More than two hosts' clocks differ. */
  private static final Duration MAX_AHEAD = Duration.ofMinutes(5);

  private UploadTime() {}

  static Instant of(@Nullable String requestId, @Nullable String date, Instant received) {
    if (requestId != null) {
      Instant requested = Instant.ofEpochSecond(HexFormat.fromHexDigitsToLong(requestId, 0, 8));
      if (isPlausible(requested, received)) {
        return requested;
      }
    }
    Instant sent = parse(date);
    return sent != null && isPlausible(sent, received) ? sent : received;
  }

  private static boolean isPlausible(Instant time, Instant received) {
    return time.isAfter(received.minus(MAX_AGE)) && time.isBefore(received.plus(MAX_AHEAD));
  }

  private static @Nullable Instant parse(@Nullable String date) {
    try {
      return date == null ? null : Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date));
    } catch (DateTimeException notADate) {
      return null;
    }
  }
}
