package quayside.sink.thumbnail.vips;

import static quayside.log.LogField.CAUSE;
import static quayside.log.LogField.REASON;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;
import quayside.sink.DependencyUnavailableException;
import quayside.sink.PermanentFailureException;
import quayside.sink.thumbnail.engine.Budget;
import quayside.sink.thumbnail.engine.ImageFailure;
import quayside.sink.thumbnail.engine.ImageHeader;
import quayside.sink.thumbnail.engine.ImageLimits;
import quayside.sink.thumbnail.engine.RenditionFormat;
import quayside.sink.thumbnail.engine.RenditionSpec;
import quayside.sink.thumbnail.engine.ThumbnailEngine;
import quayside.sink.thumbnail.engine.Thumbnails;

/**
 * libvips in worker processes. A worker that crashes is replaced and the image tried once more,
 * since the crash may be another image's doing; then it is the image's own fault. A worker that
 * takes too long is ended and replaced. Reads JPEG, PNG, WebP, GIF, AVIF, and HEIC where the
 * library can.
 */
public final class VipsEngine implements ThumbnailEngine {
  private static final Logger LOG = Logger.getLogger(VipsEngine.class);
  private static final String WORKER_LOST = "quayside.thumbnail.worker.lost";
  private static final String CRASH = "crash";
  private static final String TIMEOUT = "timeout";

  private final WorkerPool pool;
  private final Watchdog watchdog;
  private final ImageLimits limits;
  private final Budget pixels;
  private final MeterRegistry meters;
  private final String name;

  VipsEngine(
      WorkerCommand command, int workers, ImageLimits limits, Budget pixels, MeterRegistry meters)
      throws DependencyUnavailableException {
    this.watchdog = new Watchdog();
    this.pool = new WorkerPool(command, workers, watchdog);
    this.limits = limits;
    this.pixels = pixels;
    this.meters = meters;
    try {
      this.name = "libvips " + pool.probe();
    } catch (DependencyUnavailableException | RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Starts the engine and its first worker.
   *
   * @param library see {@link VipsLibrary}
   * @param workers images at a time, each in a process of its own
   * @param workerMemory bytes a worker may allocate
   * @throws DependencyUnavailableException when a worker does not come up with this library
   */
  public static VipsEngine start(
      Path library,
      int workers,
      long workerMemory,
      ImageLimits limits,
      Budget pixels,
      MeterRegistry meters)
      throws DependencyUnavailableException {
    WorkerCommand command =
        WorkerCommand.of(library, Math.toIntExact(limits.maxBytes()), workerMemory);
    return new VipsEngine(command, workers, limits, pixels, meters);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Set<RenditionFormat> formats() {
    return EnumSet.allOf(RenditionFormat.class);
  }

  @Override
  public Thumbnails render(MemorySegment image, List<RenditionSpec> wanted)
      throws PermanentFailureException, DependencyUnavailableException {
    limits.checkSize(image.byteSize());
    try {
      return attempt(image, wanted);
    } catch (WorkerLostException first) {
      LOG.warnf("trying once more %s %s", REASON.of("worker-lost"), CAUSE.of(first.getMessage()));
    }
    try {
      return attempt(image, wanted);
    } catch (WorkerLostException second) {
      throw ImageFailure.IMAGE_CRASHED_ENGINE.because(String.valueOf(second.getMessage()), second);
    }
  }

  private Thumbnails attempt(MemorySegment image, List<RenditionSpec> wanted)
      throws PermanentFailureException, DependencyUnavailableException, WorkerLostException {
    Worker worker = pool.take();
    boolean usable = false;
    try {
      Thumbnails thumbnails = renderWith(worker, image, wanted);
      usable = true;
      return thumbnails;
    } catch (PermanentFailureException imageRefused) {
      usable = true;
      throw imageRefused;
    } catch (WorkerLostException e) {
      countLost(CRASH);
      throw e;
    } catch (Watchdog.TimeLimitException e) {
      countLost(TIMEOUT);
      throw ImageFailure.IMAGE_TIMEOUT.because(String.valueOf(e.getMessage()), e);
    } finally {
      if (usable) {
        pool.giveBack(worker);
      } else {
        pool.discard(worker);
      }
    }
  }

  private Thumbnails renderWith(Worker worker, MemorySegment image, List<RenditionSpec> wanted)
      throws PermanentFailureException, WorkerLostException, Watchdog.TimeLimitException {
    ImageHeader header = watchdog.guard(worker, limits.timeLimit(), () -> worker.probe(image));
    limits.checkHeader(header);
    try (Budget.Lease lease = pixels.acquire(header.pixels())) {
      Worker.Made made = watchdog.guard(worker, limits.timeLimit(), () -> worker.render(wanted));
      return new Thumbnails(
          header.uprightWidth(),
          header.uprightHeight(),
          header.format(),
          made.thumbHash(),
          made.renditions());
    }
  }

  /** Its meters, for as long as it is not started. */
  public static void metersAtZero(MeterRegistry meters) {
    for (String cause : List.of(CRASH, TIMEOUT)) {
      Counter.builder(WORKER_LOST)
          .description("Worker processes that ended while they made a thumbnail")
          .tag("cause", cause)
          .register(meters);
    }
  }

  private void countLost(String cause) {
    meters.counter(WORKER_LOST, "cause", cause).increment();
  }

  /** Process ids of the workers. */
  List<Long> workerPids() {
    return pool.workers().stream().map(Worker::pid).toList();
  }

  /** Workers that have an image now. */
  int busyWorkers() {
    return pool.busy();
  }

  @Override
  public void close() {
    pool.close();
    watchdog.close();
  }
}
