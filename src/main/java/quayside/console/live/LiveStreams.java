package quayside.console.live;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Reception;
import jakarta.enterprise.inject.Instance;
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
  private final int most;
  private final Counter omitted;
  private final Set<LiveStream> streams = ConcurrentHashMap.newKeySet();
  private final AtomicInteger count = new AtomicInteger();
  private volatile boolean ended;
  private volatile @Nullable Boolean kafka;

  LiveStreams(LiveConfig config, MeterRegistry metrics) {
    this.most = config.maxStreams();
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
  void end(
      @Observes(notifyObserver = Reception.IF_EXISTS) ShutdownDelayInitiatedEvent stopping) {
    ended = true;
  }

  /** Whether none will be sent anything any more. */
  boolean ended() {
    return ended;
  }

  /**
   * Adds one, to be closed.
   *
   * @throws ConsoleRequestException {@link ConsoleRefusal#TOO_MANY_STREAMS}
   */
  void open(LiveStream stream) {
    if (ended) {
      throw new ConsoleRequestException(ConsoleRefusal.TOO_MANY_STREAMS);
    }
    if (count.incrementAndGet() > most) {
      count.decrementAndGet();
      throw new ConsoleRequestException(ConsoleRefusal.TOO_MANY_STREAMS);
    }
    streams.add(stream);
  }

  /** Removes one; idempotent. */
  void close(LiveStream stream) {
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

  /** Whether Kafka answers; null when that is not known, since nobody watched. */
  @Nullable Boolean kafka() {
    return kafka;
  }

  void kafka(@Nullable Boolean answers) {
    kafka = answers;
  }
}
