package quayside.operate.redrive.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.time.Instant;
import quayside.operate.redrive.RedriveProgress;

/**
 * An answer that grows: a line of JSON now and then, the last one when all is done. Begins with the
 * first line, so that a failure before it is an answer of its own. Used by one thread.
 */
final class ProgressLines {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration INTERVAL = Duration.ofMillis(250);

  private final HttpServerResponse response;
  private Instant next = Instant.MIN;

  ProgressLines(HttpServerResponse response) {
    this.response = response;
  }

  /** Tells how far it is, if it is time to; returns false when nobody listens any more. */
  boolean tell(RedriveProgress progress, Instant now) {
    if (!now.isBefore(next)) {
      next = now.plus(INTERVAL);
      begin();
      response.write(line(progress));
    }
    return !response.closed();
  }

  /** Tells the end. */
  void end(RedriveProgress progress) {
    begin();
    response.end(line(progress));
  }

  private void begin() {
    if (!response.headWritten()) {
      response.setChunked(true).putHeader("Content-Type", "application/x-ndjson");
    }
  }

  private static String line(RedriveProgress progress) {
    try {
      return JSON.writeValueAsString(progress) + "\n";
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("progress is not writable", impossible);
    }
  }
}
