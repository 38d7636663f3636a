package quayside.sink.thumbnail;

import static quayside.log.LogField.CAUSE;

import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jboss.logging.Logger;
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
    this.library = config.engine() == EngineChoice.JAVA ? Optional.empty() : library(config);
    if (library.isEmpty() && config.engine() == EngineChoice.VIPS) {
      throw new IllegalArgumentException("quayside.thumbnail.engine: vips, but " + noLibrary());
    }
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
      LOG.warnf("thumbnail engine: falling back to java %s", CAUSE.of(noLibrary()));
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

  private static Optional<Path> library(ThumbnailConfig config) {
    Optional<Path> configured = config.libvips();
    if (configured.isPresent() && !Files.isRegularFile(configured.get())) {
      throw new IllegalArgumentException(
          "quayside.thumbnail.libvips: " + configured.get() + " is not a file");
    }
    return configured
        .map(Path::toAbsolutePath)
        .or(() -> VipsLibrary.find(config.libvipsDirectory()));
  }

  private String noLibrary() {
    return "libvips is neither at "
        + VipsLibrary.expectedIn(config.libvipsDirectory())
        + " nor on the system; set quayside.thumbnail.libvips";
  }
}
