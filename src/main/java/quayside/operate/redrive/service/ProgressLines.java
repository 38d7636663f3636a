package quayside.operate.redrive.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;
import java.time.Instant;
import quayside.operate.redrive.RedriveProgress;

/**
 * An answer that grows: a line of JSON now and then, the last one when all is done, or the problem
 * that ended it. Begins with the first line, so that a failure before it is an answer of its own.
 * Used by one thread.
 */
final class ProgressLines {
  /** The type of the answer. */
  static final String MEDIA_TYPE = "application/x-ndjson";

  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration INTERVAL = Duration.ofMillis(250);

  private final LineOutput output;
  private boolean begun;
  private Instant next = Instant.MIN;

  ProgressLines(LineOutput output) {
    this.output = output;
  }

  /** Tells how far it is, if it is time to; returns false when nobody listens any more. */
  boolean tell(RedriveProgress progress, Instant now) {
    if (!now.isBefore(next)) {
      next = now.plus(INTERVAL);
      write(progress);
    }
    return output.isOpen();
  }

  /** Tells the end. */
  void end(RedriveProgress progress) {
    write(progress);
  }

  /**
   * Tells why it ended early.
   *
   * @throws DeadLetterException the same, when nothing has been told yet
   */
  void fail(DeadLetterException failure) {
    if (!begun) {
      throw failure;
    }
    write(failure.problem());
  }

  private void write(Object line) {
    begun = true;
    try {
      output.write(JSON.writeValueAsString(line) + "\n");
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("progress is not writable", impossible);
    }
  }
}
