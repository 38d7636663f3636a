package quayside.laptop.oss.signature;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import quayside.laptop.oss.http.OssException;

/**
 * The time rules of signed requests: 15 minutes of clock skew, presigned URLs of at most seven
 * days. Thread-safe.
 */
final class SignedTimes {
  private static final Duration MAX_SKEW = Duration.ofMinutes(15);
  private static final long MAX_EXPIRES_SECONDS = Duration.ofDays(7).toSeconds();
  private static final DateTimeFormatter BASIC =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final Clock clock;

  SignedTimes(Clock clock) {
    this.clock = clock;
  }

  /** Parses {@code yyyymmddThhmmssZ}. */
  static Instant parseBasic(String date) {
    try {
      return BASIC.parse(date, Instant::from);
    } catch (DateTimeException e) {
      throw OssException.accessDenied("x-oss-date must be of the form yyyymmddThhmmssZ.");
    }
  }

  /** Parses the HTTP date of a Date header. */
  static Instant parseHttp(String date) {
    try {
      return DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from);
    } catch (DateTimeException e) {
      throw OssException.accessDenied("OSS authentication requires a valid Date.");
    }
  }

  static String basic(Instant time) {
    return BASIC.format(time);
  }

  /** Refuses a request whose date is too far from now, either way. */
  void requireRecent(Instant signed) {
    Duration skew = Duration.between(signed, clock.instant()).abs();
    if (skew.compareTo(MAX_SKEW) > 0) {
      throw new OssException(
              403,
              "RequestTimeTooSkewed",
              "The difference between the request time and the current time is too large.")
          .with("MaxAllowedSkewMilliseconds", Long.toString(MAX_SKEW.toMillis()))
          .with("RequestTime", signed.toString())
          .with("ServerTime", clock.instant().toString());
    }
  }

  /** Checks a V4 presigned URL: not from the future, not for too long, not over. */
  void requireUnexpired(Instant signed, String expires) {
    long seconds = parseSeconds(expires, "x-oss-expires");
    if (seconds < 1 || seconds > MAX_EXPIRES_SECONDS) {
      throw OssException.invalidArgument(
              "x-oss-expires must be between 1 and " + MAX_EXPIRES_SECONDS + " seconds.")
          .with("ArgumentName", "x-oss-expires");
    }
    if (signed.isAfter(clock.instant())) {
      requireRecent(signed);
    }
    requireNotAfter(signed.plusSeconds(seconds));
  }

  /** Checks a V1 presigned URL, whose Expires is a Unix time. */
  void requireUnexpired(String expires) {
    long seconds = parseSeconds(expires, "Expires");
    requireNotAfter(Instant.ofEpochSecond(Math.min(seconds, Instant.MAX.getEpochSecond())));
  }

  private void requireNotAfter(Instant end) {
    if (clock.instant().isAfter(end)) {
      throw OssException.accessDenied("Request has expired.")
          .with("Expires", end.toString())
          .with("ServerTime", clock.instant().toString());
    }
  }

  private static long parseSeconds(String text, String name) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw OssException.accessDenied("Invalid date: " + name + " must be a number.");
    }
  }
}
