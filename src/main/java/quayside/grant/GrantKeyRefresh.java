package quayside.grant;

import static quayside.log.LogField.CAUSE;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import quayside.grant.token.GrantKeys;
import quayside.role.Role;
import quayside.role.Roles;

/**
 * Reads the key directory again and again, on a thread of its own, so that keys rotate without a
 * restart. Polls, because file events do not follow the links of a mounted Kubernetes Secret.
 */
@Singleton
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

  static void begin(
      @Observes StartupEvent started, Roles roles, Instance<GrantKeyRefresh> refresh) {
    if (roles.includeAny(Role.CALLBACK, Role.GRANTS)) {
      refresh.get().start();
    }
  }

  private void start() {
    long millis = config.keyRefresh().toMillis();
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
