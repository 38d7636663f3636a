package quayside.operate.reconcile.run;

import static quayside.log.LogField.BUCKET;
import static quayside.log.LogField.CAUSE;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinition;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.parser.CronParser;
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

  /**
   * The times of a schedule; none for {@code off}.
   *
   * @throws IllegalArgumentException when it is neither that nor a cron expression
   */
  static Optional<Cron> parse(String schedule) {
    if (schedule.equals("off") || schedule.equals("disabled")) {
      return Optional.empty();
    }
    try {
      CronDefinition withSeconds = CronDefinitionBuilder.instanceDefinitionFor(CronType.QUARTZ);
      return Optional.of(new CronParser(withSeconds).parse(schedule));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("must be off or a cron expression with seconds", e);
    }
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
