package quayside.sink.thumbnail;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import java.time.Clock;
import quayside.oss.ObjectStore;
import quayside.sink.thumbnail.engine.Budget;
import quayside.sink.thumbnail.engine.ImageLimits;
import quayside.sink.thumbnail.engine.ThumbnailEngine;

/** Puts the sink together from the configuration. */
@ApplicationScoped
class ThumbnailSinks {

  /** The limits of the configuration. */
  @Produces
  @ApplicationScoped
  ThumbnailEngine engine(ThumbnailConfig config, MeterRegistry metrics) {
    return new ThumbnailEngines(config, limits(config), metrics).start();
  }

  void close(@Disposes ThumbnailEngine engine) {
    engine.close();
  }

  static ThumbnailSink sink(
      ThumbnailConfig config,
      ObjectStore store,
      ThumbnailEngine engine,
      ThumbnailedPublisher publisher,
      MeterRegistry metrics,
      Clock clock) {
    ThumbnailLocation location = new ThumbnailLocation(config.prefix(), config.bucket());
    ThumbnailShelf shelf = new ThumbnailShelf(store, location, Recipe.of(config, engine.formats()));
    Thumbnailer thumbnailer =
        new Thumbnailer(
            store,
            engine,
            new ImageFilter(location),
            shelf,
            limits(config),
            new Budget(config.bytesInFlight().asLongValue()));
    return new ThumbnailSink(thumbnailer, publisher, metrics, clock);
  }

  private static ImageLimits limits(ThumbnailConfig config) {
    return new ImageLimits(
        config.maxBytes().asLongValue(),
        config.maxPixels(),
        config.maxMultiscanPixels(),
        config.maxFrames(),
        config.timeLimit());
  }
}
