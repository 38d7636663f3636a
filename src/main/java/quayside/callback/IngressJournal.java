package quayside.callback;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Default;
import jakarta.inject.Singleton;
import java.io.File;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToDoubleFunction;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import quayside.callback.journal.DrainSettings;
import quayside.callback.journal.Journal;
import quayside.callback.journal.JournalConfig;
import quayside.callback.journal.JournalDrainer;
import quayside.callback.journal.JournalStats;
import quayside.configuration.ConsoleConfig;
import quayside.configuration.Problem;
import quayside.log.LogField;
import quayside.role.Role;
import quayside.role.Roles;

/**
 * The journal of this instance, open while the service runs, with its metrics. What an earlier run
 * left in it is published from the start. Not ready only when it holds events and has no room for
 * more: then nothing could be accepted.
 */
@Default
@Readiness
@Startup
@Singleton
final class IngressJournal implements HealthCheck {
  private static final Logger LOG = Logger.getLogger(IngressJournal.class);

  /** A stop waits at most this long for Kafka to take what the journal holds. */
  private static final Duration DRAIN_LIMIT = Duration.ofSeconds(5);

  /** And no longer than this for the next event to be taken: Kafka is away, then. */
  private static final Duration DRAIN_PATIENCE = Duration.ofMillis(2500);

  private static final Duration DRAIN_POLL = Duration.ofMillis(100);

  private final @Nullable Journal journal;
  private final @Nullable JournalDrainer drainer;

  IngressJournal(
      JournalConfig config,
      ObjectUploadedPublisher publisher,
      Clock clock,
      MeterRegistry metrics,
      Roles roles,
      ConsoleConfig console) {
    if (!config.enabled() || !roles.include(Role.CALLBACK)) {
      journal = null;
      drainer = null;
      return;
    }
    journal = open(config, clock, console);
    drainer = JournalDrainer.start(journal, publisher::publish, DrainSettings.DEFAULT);
    register(journal, config, metrics);
  }

  /** The open journal, or empty when the configuration wants none. */
  Optional<Journal> journal() {
    return Optional.ofNullable(journal);
  }

  /**
   * The last callback is answered, the producer still works: gives Kafka what it takes. The rest
   * waits for the next start.
   */
  void drain(@Observes ShutdownEvent stopping) {
    if (journal == null || drainer == null || journal.isEmpty()) {
      return;
    }
    long limit = System.nanoTime() + DRAIN_LIMIT.toNanos();
    long progress = System.nanoTime();
    long depth = journal.stats().depth();
    while (depth > 0
        && System.nanoTime() - limit < 0
        && System.nanoTime() - progress < DRAIN_PATIENCE.toNanos()) {
      drainer.tryNow();
      LockSupport.parkNanos(DRAIN_POLL.toNanos());
      long left = journal.stats().depth();
      progress = left < depth ? System.nanoTime() : progress;
      depth = left;
    }
    LOG.infof("journal at the stop %s", LogField.DEPTH.of(depth));
  }

  @PreDestroy
  void close() {
    if (drainer != null) {
      drainer.close();
    }
    if (journal != null) {
      journal.close();
    }
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder response = HealthCheckResponse.named("Journal");
    if (journal == null) {
      return response.up().withData("enabled", false).build();
    }
    return response
        .status(journal.isEmpty() || journal.hasRoom())
        .withData("depth", journal.stats().depth())
        .withData("hasRoom", journal.hasRoom())
        .build();
  }

  private static Journal open(JournalConfig config, Clock clock, ConsoleConfig console) {
    try {
      return Journal.open(config.directory(), config.limits(), clock);
    } catch (IOException e) {
      throw console.stop(
          new Problem(
              "quayside.journal.directory",
              config.directory().toString(),
              "cannot be used ("
                  + e
                  + "). Give this instance a writable directory of its own, such as a volume, or"
                  + " set quayside.journal.enabled=false and lose callbacks while Kafka is away",
              "/var/lib/quayside/journal"));
    }
  }

  private static void register(Journal journal, JournalConfig config, MeterRegistry metrics) {
    gauge(metrics, journal, "depth", "Events waiting to be published", JournalStats::depth);
    gauge(metrics, journal, "bytes", "Size on the disk", JournalStats::bytes);
    File directory = config.directory().toFile();
    long limit = config.limits().maxBytes();
    gauge(metrics, journal, "limit.bytes", "Size beyond which no event is kept", stats -> limit);
    gauge(
        metrics,
        journal,
        "free.bytes",
        "Space left on its file system",
        stats -> directory.getUsableSpace());
    gauge(
        metrics,
        journal,
        "oldest.age.seconds",
        "How long the oldest event waits",
        stats -> stats.oldestAge().toMillis() / 1000.0);
    counter(metrics, journal, "appended", "Events kept", JournalStats::appended);
    counter(metrics, journal, "drained", "Events published", JournalStats::drained);
    counter(metrics, journal, "rejected", "Events Kafka never takes", JournalStats::rejected);
    counter(metrics, journal, "corrupt", "Damaged regions", JournalStats::corruptRegions);
    counter(
        metrics,
        journal,
        "refused",
        "Events not kept",
        stats -> stats.refused().values().stream().mapToLong(Long::longValue).sum());
  }

  private static void gauge(
      MeterRegistry metrics,
      Journal journal,
      String name,
      String description,
      ToDoubleFunction<JournalStats> value) {
    Gauge.builder("quayside.journal." + name, journal, j -> value.applyAsDouble(j.stats()))
        .description(description)
        .register(metrics);
  }

  private static void counter(
      MeterRegistry metrics,
      Journal journal,
      String name,
      String description,
      ToDoubleFunction<JournalStats> value) {
    FunctionCounter.builder(
            "quayside.journal." + name, journal, j -> value.applyAsDouble(j.stats()))
        .description(description)
        .register(metrics);
  }
}
