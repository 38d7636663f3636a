package quayside.console.live;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one watcher is still to be sent. Bounded: a watcher who reads slowly, or many things
 * happening at once, make it leave out the oldest entries and count them. Thread-safe.
 */
final class LiveStream {
  /** Entries of a message; more are not looked at before the next one is there. */
  static final int MOST_ENTRIES = 500;

  /** Characters of a message; usual entries are far from it. */
  static final int MOST_CHARACTERS = 1024 * 1024;

  /** Proxies and browsers give up a connection that says nothing. */
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(10);

  private final ObjectFilter filter;
  private final Deque<EntryLine> waiting = new ArrayDeque<>();
  private int characters;
  private long omitted;
  private @Nullable Boolean kafkaTold;
  private Instant lastSent;

  /** Nothing happened yet; what came before is sent already. */
  LiveStream(ObjectFilter filter, Instant now) {
    this.filter = filter;
    this.lastSent = now;
  }

  /**
   * Something happened.
   *
   * @return how many entries had to be left out for it
   */
  synchronized int offer(EntryLine line) {
    if (!filter.matches(line)) {
      return 0;
    }
    waiting.addLast(line);
    characters += line.json().length();
    int left = 0;
    while (waiting.size() > MOST_ENTRIES || characters > MOST_CHARACTERS) {
      characters -= waiting.removeFirst().json().length();
      left++;
    }
    omitted += left;
    return left;
  }

  /**
   * What is to be sent now, if anything is; it counts as sent.
   *
   * @param kafka whether Kafka answers; null when that is not known yet
   */
  synchronized Optional<LiveMessage> next(Instant now, @Nullable Boolean kafka) {
    Optional<LiveMessage> message = Optional.empty();
    if (kafka != null && !kafka.equals(kafkaTold)) {
      kafkaTold = kafka;
      message = Optional.of(LiveMessage.kafka(kafka));
    } else if (!waiting.isEmpty()) {
      message = Optional.of(LiveMessage.entries(now, omitted, waiting));
      waiting.clear();
      characters = 0;
      omitted = 0;
    } else if (Duration.between(lastSent, now).compareTo(LONGEST_SILENCE) >= 0) {
      message = Optional.of(LiveMessage.HEARTBEAT);
    }
    if (message.isPresent()) {
      lastSent = now;
    }
    return message;
  }
}
