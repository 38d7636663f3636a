package quayside.sink.thumbnail;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import quayside.event.CloudEvent;
import quayside.event.ObjectUploaded;
import quayside.oss.ObjectStore;
import quayside.sink.DependencyUnavailableException;
import quayside.sink.PermanentFailureException;
import quayside.sink.Sink;
import quayside.sink.thumbnail.engine.Budget;
import quayside.sink.thumbnail.engine.ImageLimits;
import quayside.sink.thumbnail.engine.RenditionFormat;
import quayside.sink.thumbnail.engine.ThumbnailEngine;

/**
 * The sink, put together from the configuration. What can be checked at once is checked when the
 * application starts; the engine starts with the first upload, since a worker process takes about a
 * second that the application need not wait for. Thread-safe.
 */
@ApplicationScoped
class ThumbnailPipeline implements Sink<ObjectUploaded> {
  private final ThumbnailConfig config;
  private final ObjectStore store;
  private final ThumbnailedPublisher publisher;
  private final ThumbnailMetrics metrics;
  private final Clock clock;
  private final ImageLimits limits;
  private final ThumbnailLocation location;
  private final ThumbnailEngines engines;
  private @Nullable ThumbnailEngine engine;
  private @Nullable ThumbnailSink sink;

  ThumbnailPipeline(
      ThumbnailConfig config,
      ObjectStore store,
      ThumbnailedPublisher publisher,
      MeterRegistry meters,
      ThumbnailMetrics metrics,
      Clock clock) {
    this.config = config;
    this.store = store;
    this.publisher = publisher;
    this.metrics = metrics;
    this.clock = clock;
    this.limits = limits(config);
    this.location = new ThumbnailLocation(config.prefix(), config.bucket());
    this.engines = new ThumbnailEngines(config, limits, meters);
    Recipe.of(config, EnumSet.allOf(RenditionFormat.class));
  }

  @Override
  public void apply(List<CloudEvent<ObjectUploaded>> events)
      throws PermanentFailureException, DependencyUnavailableException {
    sink().apply(events);
  }

  private synchronized ThumbnailSink sink() throws DependencyUnavailableException {
    if (sink == null) {
      ThumbnailEngine started = engines.start();
      engine = started;
      sink = new ThumbnailSink(thumbnailer(started), publisher, metrics, clock);
    }
    return sink;
  }

  private Thumbnailer thumbnailer(ThumbnailEngine started) {
    Recipe recipe = Recipe.of(config, started.formats());
    return new Thumbnailer(
        store,
        started,
        new ImageFilter(location),
        new ThumbnailShelf(store, location, recipe),
        limits,
        new Budget(config.bytesInFlight().asLongValue()));
  }

  private static ImageLimits limits(ThumbnailConfig config) {
    return new ImageLimits(
        config.maxBytes().asLongValue(),
        config.maxPixels(),
        config.maxMultiscanPixels(),
        config.maxFrames(),
        config.timeLimit());
  }

  @PreDestroy
  synchronized void close() {
    if (engine != null) {
      engine.close();
    }
  }
}
