package quayside.operate.doctor;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An answer as it came over the wire.
 *
 * @param version such as {@code HTTP/1.1}
 * @param status the status code
 * @param headers values by lower-case name
 * @param body what followed, as far as it was read
 * @param closed whether the server closed the connection after it
 * @param time from the beginning of the connection to the end of the answer
 */
record HttpReply(
    String version,
    int status,
    Map<String, List<String>> headers,
    String body,
    boolean closed,
    Duration time) {
  private static final Pattern REASON = Pattern.compile("\"reason\"\\s*:\\s*\"([a-z0-9-]{1,60})\"");

  HttpReply {
    headers = Map.copyOf(headers);
  }

  @Nullable String header(String name) {
    List<String> values = headers.get(name.toLowerCase(Locale.ROOT));
    return values == null ? null : values.getFirst();
  }

  /** The stable reason of a refusal by Quayside; null when somebody else answered. */
  @Nullable String reason() {
    String type = header("content-type");
    if (type == null || !type.startsWith("application/problem+json")) {
      return null;
    }
    Matcher reason = REASON.matcher(body);
    return reason.find() ? reason.group(1) : null;
  }

  boolean isRedirect() {
    return status >= 300 && status < 400;
  }

  boolean isChunked() {
    String coding = header("transfer-encoding");
    return coding != null && coding.toLowerCase(Locale.ROOT).contains("chunked");
  }
}
