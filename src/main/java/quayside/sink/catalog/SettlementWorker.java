package quayside.sink.catalog;

import static quayside.log.LogField.ATTEMPT;
import static quayside.log.LogField.BUCKET;
import static quayside.log.LogField.CAUSE;
import static quayside.log.LogField.OBJECT_KEY;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import quayside.role.Role;
import quayside.role.Roles;
import quayside.sink.DependencyUnavailableException;
import quayside.sink.catalog.SettlementQueue.Task;

/**
 * Works through the queue of objects to be looked at, a few at a time, beside the batches and never
 * in their way. While OSS or Kafka is away a task is put off, longer each time.
 */
@ApplicationScoped
class SettlementWorker {
  private static final Logger LOG = Logger.getLogger(SettlementWorker.class);

  /** Longer than all tries of one HEAD and one publication together. */
  private static final Duration LEASE = Duration.ofMinutes(3);

  private static final Duration FIRST_DELAY = Duration.ofSeconds(1);
  private static final int MAX_DOUBLINGS = 8;

  private final SettlementQueue queue;
  private final Settling settling;
  private final CatalogConfig config;
  private final ExecutorService looks = Executors.newVirtualThreadPerTaskExecutor();
  private volatile boolean stopping;
  private volatile Thread thread = new Thread();

  SettlementWorker(SettlementQueue queue, Settling settling, CatalogConfig config, Roles roles) {
    this.queue = queue;
    this.settling = settling;
    this.config = config;
  }

  void start(@Observes StartupEvent event, Roles roles) {
    if (!roles.include(Role.CATALOG)) {
      return;
    }
    thread = Thread.ofVirtual().name("catalog-settlement").start(this::work);
  }

  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    stopping = true;
    thread.interrupt();
    looks.shutdownNow();
    if (!looks.awaitTermination(5, TimeUnit.SECONDS)) {
      LOG.warn("a look at a bucket does not end");
    }
  }

  private void work() {
    while (!stopping) {
      try {
        List<Task> tasks = queue.claim(config.settleParallelism(), LEASE);
        if (tasks.isEmpty()) {
          queue.await(config.settleInterval());
        } else {
          looks.invokeAll(
              tasks.stream().map(task -> Executors.callable(() -> settle(task))).toList());
        }
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        pauseAfter(e);
      }
    }
  }

  private void pauseAfter(RuntimeException failure) {
    if (stopping) {
      return;
    }
    if (DatabaseFailure.isOfDatabase(failure)) {
      LOG.warnf("settlement waits %s", CAUSE.of(DatabaseFailure.message(failure)));
    } else {
      LOG.errorf(failure, "settlement failed for no known reason");
    }
    try {
      TimeUnit.MILLISECONDS.sleep(config.settleInterval().toMillis());
    } catch (InterruptedException e) {
      stopping = true;
    }
  }

  private void settle(Task task) {
    try {
      settling.settle(task.name(), task.reason());
      queue.finish(task);
    } catch (DependencyUnavailableException e) {
      postpone(task, String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      if (!stopping) {
        LOG.errorf(
            e,
            "not settled %s %s",
            BUCKET.of(task.name().bucket()),
            OBJECT_KEY.of(task.name().key()));
        postpone(task, e.toString());
      }
    }
  }

  private void postpone(Task task, String cause) {
    Duration delay = FIRST_DELAY.multipliedBy(1L << Math.min(task.attempts() - 1, MAX_DOUBLINGS));
    LOG.warnf(
        "settlement put off %s %s %s %s",
        BUCKET.of(task.name().bucket()),
        OBJECT_KEY.of(task.name().key()),
        ATTEMPT.of(task.attempts()),
        CAUSE.of(cause));
    queue.postpone(task, delay);
  }
}
