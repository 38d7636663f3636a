package quayside.sink.thumbnail;

import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jboss.logging.Logger;
import quayside.sink.DependencyUnavailableException;
import quayside.sink.thumbnail.ThumbnailConfig.EngineChoice;
import quayside.sink.thumbnail.engine.Budget;
import quayside.sink.thumbnail.engine.ImageLimits;
import quayside.sink.thumbnail.engine.RenditionFormat;
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

  ThumbnailEngines(ThumbnailConfig config, ImageLimits limits, MeterRegistry metrics) {
    this.config = config;
    this.limits = limits;
    this.metrics = metrics;
  }

  /**
   * Starts an engine.
   *
   * @throws IllegalArgumentException when the configuration cannot be met
   */
  ThumbnailEngine start() {
    ThumbnailEngine engine =
        switch (config.engine()) {
          case JAVA -> java();
          case VIPS -> vips(library().orElseThrow(this::noLibrary));
          case AUTO -> library().map(this::vipsOrJava).orElseGet(this::javaForLackOfVips);
        };
    LOG.infof("thumbnail engine: %s, writes %s", engine.name(), engine.formats());
    config.formats().stream()
        .filter(format -> !engine.formats().contains(format))
        .forEach(this::warnLeftOut);
    return engine;
  }

  private Optional<Path> library() {
    Optional<Path> configured = config.libvips();
    if (configured.isPresent() && !Files.isRegularFile(configured.get())) {
      throw new IllegalArgumentException(
          "quayside.thumbnail.libvips: " + configured.get() + " is not a file");
    }
    return configured.map(Path::toAbsolutePath).or(() -> VipsLibrary.find(config.libvipsDirectory()));
  }

  private ThumbnailEngine vips(Path library) {
    try {
      return startVips(library);
    } catch (DependencyUnavailableException e) {
      throw new IllegalArgumentException(
          "quayside.thumbnail.engine: vips does not work with " + library + ": " + e.getMessage(), e);
    }
  }

  private ThumbnailEngine vipsOrJava(Path library) {
    try {
      return startVips(library);
    } catch (DependencyUnavailableException e) {
      LOG.warnf("thumbnail engine: %s does not work, falling back to java: %s", library, e.getMessage());
      return java();
    }
  }

  private VipsEngine startVips(Path library) throws DependencyUnavailableException {
    return VipsEngine.start(
        library,
        config.parallelism(),
        config.workerMemory().asLongValue(),
        limits,
        new Budget(config.pixelsInFlight()),
        metrics);
  }

  private ThumbnailEngine javaForLackOfVips() {
    LOG.warnf("thumbnail engine: %s, falling back to java", noLibrary().getMessage());
    return java();
  }

  private ThumbnailEngine java() {
    return new JavaEngine(config.parallelism(), limits, new Budget(config.pixelsInFlight()));
  }

  private IllegalArgumentException noLibrary() {
    return new IllegalArgumentException(
        "no libvips: not at "
            + VipsLibrary.expectedIn(config.libvipsDirectory())
            + " and not on the system; set quayside.thumbnail.libvips");
  }

  private void warnLeftOut(RenditionFormat format) {
    LOG.warnf("thumbnail engine: cannot write %s, these thumbnails are left out", format.tag());
  }
}
