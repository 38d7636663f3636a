package quayside.sink;

import static quayside.log.LogField.ATTEMPT;
import static quayside.log.LogField.CAUSE;
import static quayside.log.LogField.GROUP;
import static quayside.log.LogField.OFFSET;
import static quayside.log.LogField.PARTITION;
import static quayside.log.LogField.REASON;
import static quayside.log.LogField.SINK;
import static quayside.log.LogField.TOPIC;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/**
 * What becomes of a record that could not be applied: another try from the retry topic, or the dead
 * letter topic. Returns when Kafka has it durably, however long that takes, so that nothing is
 * lost. Thread-safe.
 */
final class FailedRecordPublisher {
  private static final Logger LOG = Logger.getLogger(FailedRecordPublisher.class);
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int MAX_REASON_CHARACTERS = 500;
  private static final String DEAD_LETTERS = "quayside.sink.dead.letters";
  private static final String DELAYED = "quayside.sink.delayed";

  private final String sink;
  private final String group;
  private final RecordPublisher publisher;
  private final Retry retry;
  private final Backoff delays;
  private final int attempts;
  private final MeterRegistry metrics;
  private final Clock clock;
  private final Counter deadLettered;
  private final Counter delayed;

  /**
   * For one sink.
   *
   * @param retry waits while Kafka is away
   * @param delays before each further try of a record
   * @param attempts tries of a record in all
   */
  FailedRecordPublisher(
      String sink,
      String group,
      RecordPublisher publisher,
      Retry retry,
      Backoff delays,
      int attempts,
      MeterRegistry metrics,
      Clock clock) {
    this.sink = sink;
    this.group = group;
    this.publisher = publisher;
    this.retry = retry;
    this.delays = delays;
    this.attempts = attempts;
    this.metrics = metrics;
    this.clock = clock;
    // There from the start: an alert looks for an increase, which the first value of a counter is
    // not.
    this.deadLettered = outcome("dead-lettered");
    this.delayed = outcome("delayed");
    byCause(DEAD_LETTERS, "invalid-event");
    byCause(DELAYED, "unexpected-error");
  }

  /** It can never be applied. */
  void permanently(
      ConsumerRecord<String, byte[]> record, RecordOrigin origin, String failure, String message) {
    Instant now = clock.instant();
    String reason = oneLine(message);
    DeadLetter letter = new DeadLetter(failure, reason, sink, group, origin.failed(now), now);
    log("set aside", record, letter.origin(), failure, reason);
    publish(letter.topic(), record, letter.headers());
    byCause(DEAD_LETTERS, failure).increment();
    deadLettered.increment();
  }

  /** It can perhaps be applied later; when it was tried often enough, this is permanent. */
  void forNow(
      ConsumerRecord<String, byte[]> record, RecordOrigin origin, String failure, String message) {
    if (origin.attempts() + 1 >= attempts) {
      permanently(record, origin, failure, message);
      return;
    }
    Instant now = clock.instant();
    RecordOrigin failed = origin.failed(now);
    String reason = oneLine(message);
    Instant due = now.plus(delays.delay(failed.attempts()));
    DelayedRetry later = new DelayedRetry(failure, reason, sink, group, failed, now, due);
    log("to be tried again", record, failed, failure, reason);
    publish(later.topic(), record, later.headers());
    byCause(DELAYED, failure).increment();
    delayed.increment();
  }

  private void publish(
      String topic, ConsumerRecord<String, byte[]> record, Map<String, String> headers) {
    try {
      retry.run(() -> publishOnce(topic, record, headers));
    } catch (PermanentFailureException | TransientFailureException e) {
      throw new IllegalStateException(topic + " refuses a record: " + e.getMessage(), e);
    }
  }

  private void publishOnce(
      String topic, ConsumerRecord<String, byte[]> record, Map<String, String> headers)
      throws DependencyUnavailableException {
    try {
      publisher.publish(topic, record, headers).await().atMost(LIMIT);
    } catch (RuntimeException e) {
      throw new DependencyUnavailableException(
          "Kafka does not take the record on " + topic + ": " + e.getMessage(), e);
    }
  }

  private void log(
      String what,
      ConsumerRecord<String, byte[]> record,
      RecordOrigin origin,
      String failure,
      String reason) {
    LOG.warnf(
        "%s %s %s %s %s %s %s %s %s",
        what,
        SINK.of(sink),
        GROUP.of(group),
        TOPIC.of(record.topic()),
        PARTITION.of(record.partition()),
        OFFSET.of(record.offset()),
        ATTEMPT.of(origin.attempts()),
        REASON.of(failure),
        CAUSE.of(reason));
  }

  private Counter outcome(String outcome) {
    return Counter.builder("quayside.sink.events")
        .description("What became of events in the sinks")
        .tags("sink", sink, "outcome", outcome)
        .register(metrics);
  }

  private Counter byCause(String name, String cause) {
    return Counter.builder(name)
        .description("Events that could not be applied, by cause")
        .tags("sink", sink, "cause", cause)
        .register(metrics);
  }

  // Messages quote what senders wrote: it must not fill the header of the dead letter.
  private static String oneLine(String message) {
    String line = message.replaceAll("\\p{Cntrl}", "?");
    return line.substring(0, Math.min(line.length(), MAX_REASON_CHARACTERS));
  }
}
