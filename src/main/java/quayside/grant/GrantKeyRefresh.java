package quayside.grant;

import static quayside.log.LogField.CAUSE;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import quayside.grant.token.GrantKeys;

/**
 * Reads the key directory again and again, on a thread of its own, so that keys rotate without a
 * restart. Polls, because file events do not follow the links of a mounted Kubernetes Secret.
 */
@Singleton
@Startup
class GrantKeyRefresh {
  private static final Logger LOG = Logger.getLogger(GrantKeyRefresh.class);

  private final GrantConfig config;
  private final GrantKeys keys;
  private final Counter failures;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("quayside-grant-keys").factory());

  GrantKeyRefresh(GrantConfig config, GrantKeys keys, MeterRegistry metrics) {
    this.config = config;
    this.keys = keys;
    this.failures =
        Counter.builder("quayside.grant.keys.refresh.failures")
            .description("Failed readings of the key directory")
            .register(metrics);
  }

  @PostConstruct
  void start() {
    long millis = config.keyRefresh().toMillis();
    if (millis < 1) {
      throw new IllegalArgumentException(
          "quayside.grant.key-refresh " + config.keyRefresh() + " must be positive");
    }
    if (config.keyDirectory().isPresent()) {
      var ignored =
          thread.scheduleWithFixedDelay(this::refresh, millis, millis, TimeUnit.MILLISECONDS);
    }
  }

  @PreDestroy
  void stop() {
    thread.shutdownNow();
  }

  /** Must not throw: the schedule would end. */
  private void refresh() {
    try {
      if (keys.refresh()) {
        LOG.infof("grant keys changed: %s", keys.current());
      }
    } catch (IOException | RuntimeException e) {
      failures.increment();
      LOG.errorf(
          "grant keys cannot be read, the old ones stay in force %s", CAUSE.of(e.getMessage()));
    }
  }
}
