package quayside.console.live;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Reception;
import jakarta.enterprise.inject.Instance;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import quayside.role.Role;
import quayside.role.Roles;

/**
 * What happens, read from Kafka by one thread while somebody watches and a minute longer: who only
 * looks now and then finds the last minute there. Thread-safe.
 */
@ApplicationScoped
public class LiveFeed {
  private static final Duration UNWATCHED = Duration.ofMinutes(1);

  private final Map<String, Object> kafka;
  private final OwnTopics topics;
  private final LiveStreams streams;
  private final Clock clock;
  private @Nullable FeedRun running;
  private Instant lastWatched;
  private boolean stopped;

  LiveFeed(
      @Identifier("default-kafka-broker") Map<String, Object> kafka,
      OwnTopics topics,
      LiveStreams streams,
      MeterRegistry metrics,
      Clock clock) {
    this.kafka = Map.copyOf(kafka);
    this.topics = topics;
    this.streams = streams;
    this.clock = clock;
    this.lastWatched = clock.instant();
    Gauge.builder("quayside.console.reading", this, feed -> feed.isReading() ? 1 : 0)
        .description("1 while what happens is read from Kafka, since somebody watches")
        .register(metrics);
  }

  // Made with the application, and not at all in another role.
  static void begin(@Observes StartupEvent started, Roles roles, Instance<LiveFeed> feed) {
    if (roles.include(Role.API)) {
      feed.get().begin();
    }
  }

  void begin() {}

  /** Whether what happens is read now. */
  synchronized boolean isReading() {
    return running != null;
  }

  /** Somebody watches: begins to read, unless it does already. */
  public synchronized FeedRun watch() {
    lastWatched = clock.instant();
    FeedRun run = running;
    if (run == null) {
      run = new FeedRun(kafka, topics, streams, this::goesOn, clock);
      if (!stopped) {
        running = run;
        Thread.ofPlatform().daemon().name("console-feed").start(whileRunning(run));
      }
    }
    return run;
  }

  // However it ends, the next one who watches has another.
  private Runnable whileRunning(FeedRun run) {
    return () -> {
      try {
        run.run();
      } finally {
        ended(run);
      }
    };
  }

  private synchronized boolean goesOn(FeedRun run) {
    Instant now = clock.instant();
    if (!streams.isEmpty()) {
      lastWatched = now;
    }
    if (now.isBefore(lastWatched.plus(UNWATCHED))) {
      return true;
    }
    ended(run);
    return false;
  }

  private synchronized void ended(FeedRun run) {
    if (running == run) {
      running = null;
      streams.kafka(null);
    }
  }

  synchronized void stop(@Observes(notifyObserver = Reception.IF_EXISTS) ShutdownEvent event) {
    stopped = true;
    if (running != null) {
      running.stop();
    }
  }
}
