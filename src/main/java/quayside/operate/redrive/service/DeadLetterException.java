package quayside.operate.redrive.service;

import com.fasterxml.jackson.core.JacksonException;
import quayside.operate.redrive.Position;
import quayside.sink.Problem;

/** A request about dead letters cannot be answered. An expected outcome; what is told is in it. */
public final class DeadLetterException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  private DeadLetterException(int status, String reason, String title, String detail) {
    super(reason + ": " + detail, null, false, false);
    this.problem = Problem.of(reason, title, status, detail);
  }

  /** The request breaks a rule. */
  static DeadLetterException badRequest(String rule) {
    return new DeadLetterException(400, "bad-request", "Bad request", rule);
  }

  /** The same, as the parser of JSON says it: what a record's constructor says, it wraps. */
  static DeadLetterException badRequest(JacksonException failure) {
    return failure.getCause() instanceof IllegalArgumentException rule
        ? badRequest(String.valueOf(rule.getMessage()))
        : badRequest(failure.getOriginalMessage());
  }

  /** There is none at this place. */
  static DeadLetterException notFound(Position position) {
    return new DeadLetterException(
        404, "dead-letter-not-found", "No such dead letter", "none is at " + position);
  }

  /** Others are at it. */
  static DeadLetterException busy() {
    return new DeadLetterException(
        409, "busy", "Busy", "another request of this kind is at work; try again");
  }

  /** Kafka is away. */
  static DeadLetterException unavailable(RuntimeException failure) {
    return new DeadLetterException(
        503, "kafka-unavailable", "Kafka unavailable", "Kafka does not answer: " + failure);
  }

  /** What is told. */
  public Problem problem() {
    return problem;
  }
}
