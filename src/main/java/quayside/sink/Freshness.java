package quayside.sink;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import quayside.event.CloudEvent;
import quayside.event.IngestPath;

/**
 * How long events took until a sink had applied them, as a histogram by event type and ingest path.
 * The sink says since when: the receipt, or the upload itself. Thread-safe.
 */
public final class Freshness {
  // The bounds of the objectives (deploy/alerts/slo.rules.yml), and from a good day to one on which
  // people ask what is wrong.
  private static final Duration[] BOUNDS = {
    Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofMillis(250), Duration.ofMillis(500),
    Duration.ofSeconds(1), Duration.ofMillis(1_500), Duration.ofSeconds(2), Duration.ofSeconds(3),
    Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofMinutes(1),
    Duration.ofMinutes(2), Duration.ofMinutes(10)
  };

  private final MeterRegistry registry;
  private final String name;
  private final String description;
  private final Map<Tags, Timer> timers = new ConcurrentHashMap<>();

  private record Tags(String type, IngestPath path) {}

  /**
   * The meter of one sink, at zero for what callbacks bring.
   *
   * @param types of the events it applies
   */
  public Freshness(MeterRegistry registry, String name, String description, String... types) {
    this.registry = registry;
    this.name = name;
    this.description = description;
    for (String type : types) {
      timers.put(new Tags(type, IngestPath.CALLBACK), timer(new Tags(type, IngestPath.CALLBACK)));
    }
  }

  /**
   * An event has been applied.
   *
   * @param since when the time began that is measured
   */
  public void applied(String type, CloudEvent<?> event, Instant since, Instant now) {
    timers
        .computeIfAbsent(new Tags(type, event.ingestPath()), this::timer)
        .record(Duration.between(since, now));
  }

  /** A timer with the bounds that all of them have. */
  public static Timer.Builder timer(String name, String description) {
    return Timer.builder(name).description(description).serviceLevelObjectives(BOUNDS);
  }

  private Timer timer(Tags tags) {
    return timer(name, description)
        .tags("type", tags.type(), "ingestpath", tags.path().value())
        .register(registry);
  }
}
