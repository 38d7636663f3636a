package quayside.callback;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import quayside.signature.Bytes;

/**
 * What a callback is answered with; OSS hands the body of a success to the uploader.
 *
 * @param status 200 is the only success OSS knows
 * @param contentType media type of the body
 * @param body JSON, small, without byte order mark
 * @param outcome {@code published} or the code of the refusal
 */
record Answer(int status, String contentType, Bytes body, String outcome) {
  private static final String PROBLEM_TYPES = "https://quayside.io/problems/";
  private static final Map<RefusalReason, Answer> REFUSALS = new EnumMap<>(RefusalReason.class);

  static {
    for (RefusalReason reason : RefusalReason.values()) {
      REFUSALS.put(reason, problem(reason));
    }
  }

  /** The event is durable. */
  static Answer published(String eventId) {
    String body = "{\"Status\":\"OK\",\"eventId\":" + quoted(eventId) + "}";
    return new Answer(200, "application/json", Bytes.utf8(body), "published");
  }

  /** A problem document, RFC 9457, with the extension member {@code reason}. */
  static Answer refused(RefusalReason reason) {
    return Objects.requireNonNull(REFUSALS.get(reason), "every reason has its answer");
  }

  private static Answer problem(RefusalReason reason) {
    String body =
        "{\"type\":"
            + quoted(PROBLEM_TYPES + reason.code())
            + ",\"title\":"
            + quoted(reason.title())
            + ",\"status\":"
            + reason.status()
            + ",\"detail\":"
            + quoted(reason.detail())
            + ",\"reason\":"
            + quoted(reason.code())
            + "}";
    return new Answer(reason.status(), "application/problem+json", Bytes.utf8(body), reason.code());
  }

  private static String quoted(String text) {
    return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
  }
}
