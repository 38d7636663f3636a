package quayside.operate.doctor;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** How far a Date header is from this machine's clock. */
public final class ClockSkew {
  /** Beyond it the sequences of two instances are no longer comparable. */
  private static final Duration NOTICEABLE = Duration.ofSeconds(10);

  /** OSS refuses requests that are signed further off. */
  private static final Duration REFUSED_BY_OSS = Duration.ofMinutes(15);

  private ClockSkew() {}

  /** The finding on a Date header (RFC 9110 section 6.6.1) received at a time. */
  public static Finding judge(String check, String whose, @Nullable String date, Instant received) {
    if (date == null) {
      return Finding.skipped(check, "the " + whose + " sends no Date header");
    }
    try {
      Instant theirs = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return judge(check, whose, Duration.between(received, theirs));
    } catch (DateTimeException e) {
      return Finding.skipped(check, "the Date header of the " + whose + " cannot be read: " + date);
    }
  }

  private static Finding judge(String check, String whose, Duration skew) {
    String seen =
        "the clock of the " + whose + " differs by " + skew.toSeconds() + " s from this one";
    String advice = "Have both machines keep time by NTP; see which one is wrong.";
    if (skew.abs().compareTo(REFUSED_BY_OSS) >= 0) {
      return Finding.fail(check, seen + "; OSS refuses what is signed 15 minutes off", advice);
    }
    return skew.abs().compareTo(NOTICEABLE) >= 0
        ? Finding.warn(check, seen, advice)
        : Finding.ok(check, seen);
  }
}
