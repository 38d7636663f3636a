package quayside.callback;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Counts connections that ended before there was a request to answer. Thread-safe. */
final class ConnectionMetrics {
  /** Why there was none. */
  enum Ending {
    /** The head did not arrive in time. */
    HEAD_TIMEOUT,
    /** The head was no HTTP, or too long; the server answered 400, 414 or 431 by itself. */
    HEAD_INVALID,
    /** The client left in the middle of the head. */
    HEAD_INCOMPLETE
  }

  private final Map<Ending, Counter> ended = new EnumMap<>(Ending.class);

  ConnectionMetrics(MeterRegistry registry) {
    for (Ending ending : Ending.values()) {
      ended.put(
          ending,
          Counter.builder("quayside.connection.ended")
              .description("Connections on which no request could be read")
              .tag("reason", ending.name().toLowerCase(Locale.ROOT).replace('_', '-'))
              .register(registry));
    }
  }

  void ended(Ending ending) {
    Objects.requireNonNull(ended.get(ending), "every constant has its counter").increment();
  }
}
