package quayside.sink.thumbnail.imageio;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import quayside.sink.DependencyUnavailableException;
import quayside.sink.PermanentFailureException;
import quayside.sink.thumbnail.engine.Budget;
import quayside.sink.thumbnail.engine.ImageFailure;
import quayside.sink.thumbnail.engine.ImageHeader;
import quayside.sink.thumbnail.engine.ImageLimits;
import quayside.sink.thumbnail.engine.Rendition;
import quayside.sink.thumbnail.engine.RenditionFormat;
import quayside.sink.thumbnail.engine.RenditionSpec;
import quayside.sink.thumbnail.engine.ThumbnailEngine;
import quayside.sink.thumbnail.engine.Thumbnails;

/**
 * ImageIO with source subsampling. Decoding runs on a few platform threads of its own, so that it
 * neither starves virtual threads nor outgrows the cores. The time limit aborts the reader, which
 * Java code obeys at its next row.
 */
public final class JavaEngine implements ThumbnailEngine {
  private final ExecutorService threads;
  private final ImageLimits limits;
  private final Budget pixels;

  /** An engine that decodes so many images at a time. */
  public JavaEngine(int parallelism, ImageLimits limits, Budget pixels) {
    this.threads =
        Executors.newFixedThreadPool(
            parallelism, Thread.ofPlatform().daemon().name("thumbnail-", 0).factory());
    this.limits = limits;
    this.pixels = pixels;
  }

  @Override
  public String name() {
    return "java ImageIO";
  }

  @Override
  public Set<RenditionFormat> formats() {
    return EnumSet.of(RenditionFormat.JPEG);
  }

  @Override
  public Thumbnails render(MemorySegment image, List<RenditionSpec> wanted)
      throws PermanentFailureException, DependencyUnavailableException {
    limits.checkSize(image.byteSize());
    // A copy: a reader that is aborted may still read when the call is over.
    try (ImageSource source = ImageSource.open(image.toArray(ValueLayout.JAVA_BYTE))) {
      Future<Thumbnails> result = threads.submit(() -> render(source, wanted));
      try {
        return result.get(limits.timeLimit().toNanos(), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        source.abort();
        throw timeout(limits.timeLimit());
      } catch (InterruptedException e) {
        source.abort();
        Thread.currentThread().interrupt();
        throw new DependencyUnavailableException("thumbnail engine: interrupted", e);
      } catch (ExecutionException e) {
        throw failure(e.getCause() == null ? e : e.getCause());
      }
    }
  }

  private Thumbnails render(ImageSource source, List<RenditionSpec> wanted)
      throws PermanentFailureException {
    ImageHeader header = source.header();
    limits.checkHeader(header);
    int largest = wanted.stream().mapToInt(RenditionSpec::size).max().orElseThrow();
    try (Budget.Lease lease = pixels.acquire(header.pixels())) {
      Picture picture = source.read(largest);
      List<Rendition> renditions = new ArrayList<>();
      for (RenditionSpec spec : wanted) {
        renditions.add(picture.fitInto(spec.size()).rendition(spec));
      }
      return new Thumbnails(
          header.uprightWidth(),
          header.uprightHeight(),
          header.format(),
          picture.thumbHash(),
          renditions);
    }
  }

  private static PermanentFailureException timeout(Duration limit) {
    return ImageFailure.IMAGE_TIMEOUT.because("not done within " + limit.toMillis() + " ms");
  }

  /** A decoder in Java fails in any way it likes on hostile bytes. */
  private static PermanentFailureException failure(Throwable cause) {
    if (cause instanceof PermanentFailureException refused) {
      return refused;
    }
    if (cause instanceof OutOfMemoryError) {
      return ImageFailure.IMAGE_TOO_MANY_PIXELS.because("not enough memory to decode it", cause);
    }
    return ImageFailure.IMAGE_CORRUPT.because(cause.toString(), cause);
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
