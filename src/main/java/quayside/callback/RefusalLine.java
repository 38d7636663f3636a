package quayside.callback;

import static quayside.log.LogField.BUCKET;
import static quayside.log.LogField.CAUSE;
import static quayside.log.LogField.CLIENT_ADDRESS;
import static quayside.log.LogField.REASON;
import static quayside.log.LogField.REQUEST_ID;

import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import quayside.log.LogValue;

/**
 * The one line that the log has of a refused callback: why, who sent it, and what it says to be
 * about. Of the request it shows only what has the form it should have, and nothing of the body or
 * of a header that carries a secret. A stack trace only for the unexpected.
 */
final class RefusalLine {
  private static final Logger LOG = Logger.getLogger(RefusalLine.class);

  private RefusalLine() {}

  static void log(
      RefusalReason reason, Throwable failure, CallbackHeaders hints, ClientAddress client) {
    List<LogValue> fields = new ArrayList<>();
    fields.add(REASON.of(reason.code()));
    fields.add(CLIENT_ADDRESS.of(client));
    add(fields, requestId(hints));
    add(fields, bucket(hints));
    if (failure.getCause() != null) {
      fields.add(CAUSE.of(failure.getCause()));
    }
    Throwable unexpected = reason == RefusalReason.INTERNAL_ERROR ? failure : null;
    LOG.logf(
        level(reason),
        unexpected,
        "callback refused" + " %s".repeat(fields.size()),
        fields.toArray());
  }

  private static Logger.Level level(RefusalReason reason) {
    if (reason == RefusalReason.INTERNAL_ERROR) {
      return Logger.Level.ERROR;
    }
    return reason.warn() ? Logger.Level.WARN : Logger.Level.INFO;
  }

  private static @Nullable LogValue requestId(CallbackHeaders hints) {
    String requestId = OssValues.requestId(hints.hint(CallbackHeaders.REQUEST_ID));
    return requestId == null ? null : REQUEST_ID.of(requestId);
  }

  private static @Nullable LogValue bucket(CallbackHeaders hints) {
    String bucket = hints.hint(CallbackHeaders.BUCKET);
    return bucket == null || OssValues.bucket(bucket) == null ? null : BUCKET.of(bucket);
  }

  private static void add(List<LogValue> fields, @Nullable LogValue field) {
    if (field != null) {
      fields.add(field);
    }
  }
}
