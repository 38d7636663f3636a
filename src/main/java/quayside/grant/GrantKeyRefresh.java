package quayside.grant;

import static quayside.log.LogField.CAUSE;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
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
@Startup
class GrantKeyRefresh {
  private static final Logger LOG = Logger.getLogger(GrantKeyRefresh.class);

  private final GrantConfig config;
  private final Instance<GrantKeys> keys;
  private final Roles roles;
  private final MeterRegistry metrics;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("quayside-grant-keys").factory());

  GrantKeyRefresh(
      GrantConfig config, Instance<GrantKeys> keys, MeterRegistry metrics, Roles roles) {
    this.config = config;
    this.keys = keys;
    this.roles = roles;
    this.metrics = metrics;
  }

  @PostConstruct
  void start() {
    long millis = config.keyRefresh().toMillis();
    if (config.keyDirectory().isPresent() && roles.includeAny(Role.CALLBACK, Role.GRANTS)) {
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
      if (keys.get().refresh()) {
        LOG.infof("grant keys changed: %s", keys.get().current());
      }
    } catch (IOException | RuntimeException e) {
      metrics.counter("quayside.grant.keys.refresh.failures").increment();
      LOG.errorf(
          "grant keys cannot be read, the old ones stay in force %s", CAUSE.of(e.getMessage()));
    }
  }
}
