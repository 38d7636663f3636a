package quayside.sink.thumbnail.vips;

import static quayside.log.LogField.WORKER;

import java.time.Duration;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import org.jboss.logging.Logger;
import quayside.sink.DependencyUnavailableException;
import quayside.sink.PermanentFailureException;

/** At most so many workers, started when wanted and kept for the next image. Thread-safe. */
final class WorkerPool implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(WorkerPool.class);

  /** A worker is up within a second; on a machine starved of CPU half a minute was seen. */
  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  private final WorkerCommand command;
  private final Watchdog watchdog;
  private final int size;
  private final Semaphore places;
  private final Deque<Worker> idle = new ConcurrentLinkedDeque<>();
  private final Set<Worker> workers = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  WorkerPool(WorkerCommand command, int size, Watchdog watchdog) {
    this.command = command;
    this.watchdog = watchdog;
    this.size = size;
    this.places = new Semaphore(size, true);
  }

  /**
   * Waits for a free place and returns a worker, started if need be. Give it back or discard it.
   */
  Worker take() throws DependencyUnavailableException {
    places.acquireUninterruptibly();
    try {
      Worker worker = idle.poll();
      while (worker != null && !worker.isAlive()) {
        workers.remove(worker);
        worker = idle.poll();
      }
      return worker != null ? worker : start();
    } catch (DependencyUnavailableException | RuntimeException e) {
      places.release();
      throw e;
    }
  }

  /** Keeps a worker for the next image. */
  void giveBack(Worker worker) {
    idle.push(worker);
    places.release();
    if (closed) {
      worker.close();
    }
  }

  /** Ends a worker. */
  void discard(Worker worker) {
    worker.close();
    workers.remove(worker);
    places.release();
  }

  /** Workers running now. */
  Set<Worker> workers() {
    return Set.copyOf(workers);
  }

  /** Workers that have an image now. */
  int busy() {
    return size - places.availablePermits();
  }

  /** Starts a worker and returns the version of its libvips, as a proof that it works. */
  String probe() throws DependencyUnavailableException {
    Worker worker = take();
    giveBack(worker);
    return worker.version();
  }

  @Override
  public void close() {
    closed = true;
    workers.forEach(Worker::close);
  }

  private Worker start() throws DependencyUnavailableException {
    if (closed) {
      throw new IllegalStateException("the thumbnail engine is closed");
    }
    try {
      Worker worker = Worker.start(command);
      workers.add(worker);
      watchdog.guard(worker, START_LIMIT, worker::awaitReady);
      LOG.debugf("libvips %s started %s", worker.version(), WORKER.of(worker.pid()));
      return worker;
    } catch (WorkerLostException | Watchdog.TimeLimitException | PermanentFailureException e) {
      throw new DependencyUnavailableException("libvips worker: " + e.getMessage(), e);
    }
  }
}
