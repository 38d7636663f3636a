package quayside.operate.reconcile.run;

import static quayside.log.LogField.BUCKET;
import static quayside.log.LogField.CAUSE;

import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import quayside.sink.DependencyUnavailableException;
import quayside.sink.catalog.RunLog.Run;

/**
 * Compares the configured buckets at the configured times, one after the other. Every instance
 * tries; the lock lets one through. A run that another instance left unfinished is taken up.
 */
@ApplicationScoped
class ReconcileSchedule {
  private static final Logger LOG = Logger.getLogger(ReconcileSchedule.class);
  private static final Duration POLL = Duration.ofSeconds(2);

  private final Reconciler reconciler;
  private final ReconcileConfig config;

  ReconcileSchedule(Reconciler reconciler, ReconcileConfig config) {
    this.reconciler = reconciler;
    this.config = config;
  }

  @Scheduled(
      identity = "reconcile",
      cron = "{quayside.reconcile.schedule}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void run() throws InterruptedException {
    for (String bucket : config.buckets().orElse(List.of())) {
      try {
        Optional<Run> run = reconciler.start(ReconcileRequest.of(bucket));
        if (run.isEmpty()) {
          LOG.debugf("another run is under way %s", BUCKET.of(bucket));
          return;
        }
        await(run.get());
      } catch (DependencyUnavailableException e) {
        LOG.warnf("reconcile not begun %s %s", BUCKET.of(bucket), CAUSE.of(e.getMessage()));
      }
    }
  }

  private void await(Run run) throws InterruptedException, DependencyUnavailableException {
    while (reconciler.find(run.id()).filter(now -> now.state().equals("running")).isPresent()) {
      Thread.sleep(POLL);
    }
  }
}
