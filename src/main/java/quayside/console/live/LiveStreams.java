package quayside.console.live;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Reception;
import jakarta.enterprise.inject.Instance;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import quayside.console.ConsoleRefusal;
import quayside.console.ConsoleRequestException;
import quayside.role.Role;
import quayside.role.Roles;

/** Who watches; what happens is given to all of them. Thread-safe. */
@ApplicationScoped
class LiveStreams {
  /** More often a page would not be looked at. */
  private static final Duration TICK = Duration.ofMillis(250);

  private final LiveConfig config;
  private final Clock clock;
  private final Counter omitted;
  private final Set<LiveStream> streams = ConcurrentHashMap.newKeySet();
  private final AtomicInteger count = new AtomicInteger();
  private volatile boolean ended;
  private volatile @Nullable Boolean kafka;

  LiveStreams(LiveConfig config, MeterRegistry metrics, Clock clock) {
    this.config = config;
    this.clock = clock;
    this.omitted =
        Counter.builder("quayside.console.omitted")
            .description("Entries that a stream left out, since there were too many")
            .register(metrics);
    Gauge.builder("quayside.console.streams", count, AtomicInteger::get)
        .description("Event streams that are open")
        .register(metrics);
  }

  // Made with the application, and not at all in another role.
  static void begin(@Observes StartupEvent started, Roles roles, Instance<LiveStreams> streams) {
    if (roles.include(Role.API)) {
      streams.get().begin();
    }
  }

  void begin() {}

  // A stop waits for requests that are being answered, and these would be for ever.
  void end(@Observes(notifyObserver = Reception.IF_EXISTS) ShutdownDelayInitiatedEvent stopping) {
    ended = true;
  }

  /**
   * Somebody watches. The stream is open from now on, until its subscriber cancels or the
   * application stops; a subscriber who is not ready for the next message later gets one with more
   * in it.
   *
   * @throws ConsoleRequestException {@link ConsoleRefusal#TOO_MANY_STREAMS}
   */
  Multi<LiveMessage> open(ObjectFilter filter) {
    LiveStream stream = new LiveStream(filter, clock.instant());
    add(stream);
    Multi<LiveMessage> hello =
        Multi.createFrom().item(() -> LiveMessage.hello(clock.instant(), config.instance()));
    Multi<LiveMessage> news =
        Multi.createFrom()
            .ticks()
            .every(TICK)
            .onOverflow()
            .drop()
            .select()
            .first(tick -> !ended)
            .map(tick -> stream.next(clock.instant(), kafka))
            .select()
            .where(Optional::isPresent)
            .map(Optional::orElseThrow);
    return Multi.createBy()
        .concatenating()
        .streams(hello, news)
        .onTermination()
        .invoke(() -> close(stream));
  }

  private void add(LiveStream stream) {
    if (ended) {
      throw new ConsoleRequestException(ConsoleRefusal.TOO_MANY_STREAMS);
    }
    if (count.incrementAndGet() > config.maxStreams()) {
      count.decrementAndGet();
      throw new ConsoleRequestException(ConsoleRefusal.TOO_MANY_STREAMS);
    }
    streams.add(stream);
  }

  private void close(LiveStream stream) {
    if (streams.remove(stream)) {
      count.decrementAndGet();
    }
  }

  boolean isEmpty() {
    return streams.isEmpty();
  }

  /** Gives entries to all whom they concern. */
  void publish(List<LiveEntry> entries) {
    if (streams.isEmpty()) {
      return;
    }
    for (LiveEntry entry : entries) {
      Optional<EntryLine> line = EntryLine.of(entry);
      if (line.isEmpty()) {
        omitted.increment();
      }
      line.ifPresent(written -> streams.forEach(to -> omitted.increment(to.offer(written))));
    }
  }

  /** Whether Kafka answers; null when that is not known, since nobody watches. */
  void kafka(@Nullable Boolean answers) {
    kafka = answers;
  }
}
