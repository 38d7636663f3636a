package quayside.laptop.oss.operation;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** Dates as HTTP headers and OSS documents write them. Stateless. */
final class HttpDates {
  private static final DateTimeFormatter HTTP =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter DOCUMENT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private HttpDates() {}

  static String format(Instant time) {
    return HTTP.format(time);
  }

  /** ISO 8601 with milliseconds, as in listings. */
  static String document(Instant time) {
    return DOCUMENT.format(time);
  }

  /** Empty for anything that is not an HTTP date; HTTP says to ignore such a header. */
  static Optional<Instant> parse(String text) {
    try {
      return Optional.of(HTTP.parse(text, Instant::from));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
