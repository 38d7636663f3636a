package quayside.sink.thumbnail;

import static quayside.log.LogField.CAUSE;

import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jboss.logging.Logger;
import quayside.configuration.Problem;
import quayside.sink.DependencyUnavailableException;
import quayside.sink.thumbnail.ThumbnailConfig.EngineChoice;
import quayside.sink.thumbnail.engine.Budget;
import quayside.sink.thumbnail.engine.ImageLimits;
import quayside.sink.thumbnail.engine.ThumbnailEngine;
import quayside.sink.thumbnail.imageio.JavaEngine;
import quayside.sink.thumbnail.vips.VipsEngine;
import quayside.sink.thumbnail.vips.VipsLibrary;

/** Chooses the engine the configuration asks for, or the best that works here. */
final class ThumbnailEngines {
  private static final Logger LOG = Logger.getLogger(ThumbnailEngines.class);

  private final ThumbnailConfig config;
  private final ImageLimits limits;
  private final MeterRegistry metrics;
  private final Optional<Path> library;

  /**
   * Looks for the library.
   *
   * @throws IllegalArgumentException when it is asked for and not there
   */
  ThumbnailEngines(ThumbnailConfig config, ImageLimits limits, MeterRegistry metrics) {
    this.config = config;
    this.limits = limits;
    this.metrics = metrics;
    this.library = library(config);
  }

  /**
   * Starts an engine.
   *
   * @throws DependencyUnavailableException when vips is asked for and does not come up
   */
  ThumbnailEngine start() throws DependencyUnavailableException {
    ThumbnailEngine engine =
        switch (config.engine()) {
          case JAVA -> java();
          case VIPS -> vips(library.orElseThrow());
          case AUTO -> vipsOrJava();
        };
    LOG.infof("thumbnail engine: %s, writes %s", engine.name(), engine.formats());
    config.formats().stream()
        .filter(format -> !engine.formats().contains(format))
        .forEach(format ->
            LOG.warnf(
                "thumbnail engine: %s thumbnails are left out, it cannot write them",
                format.tag()));
    return engine;
  }

  private ThumbnailEngine vipsOrJava() {
    if (library.isEmpty()) {
      LOG.warnf("thumbnail engine: falling back to java %s", CAUSE.of(noLibrary(config)));
      return java();
    }
    try {
      return vips(library.get());
    } catch (DependencyUnavailableException e) {
      LOG.warnf(
          "thumbnail engine: falling back to java, %s does not work %s",
          library.get(), CAUSE.of(e.getMessage()));
      return java();
    }
  }

  private ThumbnailEngine vips(Path file) throws DependencyUnavailableException {
    return VipsEngine.start(
        file,
        config.parallelism(),
        config.workerMemory().asLongValue(),
        limits,
        new Budget(config.pixelsInFlight()),
        metrics);
  }

  private ThumbnailEngine java() {
    return new JavaEngine(config.parallelism(), limits, new Budget(config.pixelsInFlight()));
  }

  /**
   * Where the library is; empty where none is, or none is wanted.
   *
   * @throws IllegalArgumentException when it is asked for and not there
   */
  static Optional<Path> library(ThumbnailConfig config) {
    if (config.engine() == EngineChoice.JAVA) {
      return Optional.empty();
    }
    Optional<Path> configured = config.libvips().map(ThumbnailEngines::requireFile);
    Optional<Path> library = configured.or(() -> VipsLibrary.find(config.libvipsDirectory()));
    if (library.isEmpty() && config.engine() == EngineChoice.VIPS) {
      throw new Problem(
              "quayside.thumbnail.engine", "vips", "cannot be, since " + noLibrary(config), "auto")
          .exception();
    }
    return library;
  }

  private static Path requireFile(Path library) {
    if (!Files.isRegularFile(library)) {
      throw new Problem(
              "quayside.thumbnail.libvips",
              library.toString(),
              "is not a file",
              "/usr/lib/x86_64-linux-gnu/libvips.so.42")
          .exception();
    }
    return library.toAbsolutePath();
  }

  private static String noLibrary(ThumbnailConfig config) {
    return "libvips is neither at "
        + VipsLibrary.expectedIn(config.libvipsDirectory())
        + " nor on the system; set quayside.thumbnail.libvips";
  }
}
