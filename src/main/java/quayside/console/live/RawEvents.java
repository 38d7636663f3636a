package quayside.console.live;

import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import quayside.console.ConsoleRefusal;
import quayside.console.ConsoleRequestException;
import quayside.operate.redrive.Position;

/** Finds single records, a few at a time: each takes a connection. Blocks; thread-safe. */
@ApplicationScoped
class RawEvents {
  private static final int AT_ONCE = 4;
  private static final int WAIT_SECONDS = 3;

  private final Map<String, Object> kafka;
  private final OwnTopics topics;
  private final Clock clock;
  private final Semaphore permits = new Semaphore(AT_ONCE);

  RawEvents(
      @Identifier("default-kafka-broker") Map<String, Object> kafka,
      OwnTopics topics,
      Clock clock) {
    this.kafka = Map.copyOf(kafka);
    this.topics = topics;
    this.clock = clock;
  }

  /**
   * The record at a place.
   *
   * @param place {@code topic/partition/offset}
   * @throws ConsoleRequestException when there is none, or it cannot be read now
   */
  RawEvent find(String place) {
    Position position = Position.parse(place).orElseThrow(() -> refused(ConsoleRefusal.BAD_PLACE));
    if (!topics.names().contains(position.topic())) {
      throw refused(ConsoleRefusal.EVENT_NOT_FOUND);
    }
    try {
      if (!permits.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS)) {
        throw refused(ConsoleRefusal.BUSY);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw refused(ConsoleRefusal.BUSY);
    }
    try {
      return read(position);
    } finally {
      permits.release();
    }
  }

  private RawEvent read(Position position) {
    try (RawEventConsumer consumer = new RawEventConsumer(kafka, clock)) {
      return consumer.find(position).orElseThrow(() -> refused(ConsoleRefusal.EVENT_NOT_FOUND));
    } catch (ConsoleRequestException refused) {
      throw refused;
    } catch (RuntimeException e) {
      throw new ConsoleRequestException(ConsoleRefusal.KAFKA_UNAVAILABLE, e);
    }
  }

  private static ConsoleRequestException refused(ConsoleRefusal refusal) {
    return new ConsoleRequestException(refusal);
  }
}
