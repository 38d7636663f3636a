package quayside.sink.thumbnail;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import quayside.event.CloudEvent;
import quayside.event.ObjectUploaded;
import quayside.role.Role;
import quayside.role.Roles;
import quayside.sink.Freshness;
import quayside.sink.thumbnail.vips.VipsEngine;

/** What thumbnails count. The meters exist from the start, at zero. Thread-safe. */
@ApplicationScoped
class ThumbnailMetrics {
  private static final String EVENTS = "quayside.thumbnail.events";
  private static final String UPLOADED = "uploaded";

  private final MeterRegistry registry;
  private final Timer duration;
  private final Counter written;
  private final Freshness freshness;
  private final Clock clock;

  ThumbnailMetrics(MeterRegistry registry, Clock clock) {
    this.registry = registry;
    this.clock = clock;
    this.duration =
        Timer.builder("quayside.thumbnail.duration")
            .description("Time for all thumbnails of an image, with the bucket's")
            .register(registry);
    this.written =
        Counter.builder("quayside.thumbnail.written")
            .description("Thumbnails written to the bucket")
            .register(registry);
    this.freshness =
        new Freshness(
            registry,
            "quayside.thumbnail.freshness",
            "From the receipt of an upload until its thumbnails were announced",
            UPLOADED);
    Stream.concat(
            List.of("made", "unchanged").stream(),
            Arrays.stream(SkipReason.values()).map(SkipReason::tag))
        .forEach(outcome ->
            Counter.builder(EVENTS)
                .description("Uploads looked at, and what became of their thumbnails")
                .tag("outcome", outcome)
                .register(registry));
    VipsEngine.metersAtZero(registry);
  }

  // Made with the application, and not at all in another role.
  static void begin(@Observes StartupEvent started, Roles roles, ThumbnailMetrics metrics) {
    if (roles.include(Role.THUMBNAIL)) {
      metrics.show();
    }
  }

  void show() {}

  /** Begins to measure an upload; end with {@link #made}, or forget it. */
  Timer.Sample begin() {
    return Timer.start(registry);
  }

  /** The thumbnails of an upload are in the bucket and announced. */
  void made(Timer.Sample sample, CloudEvent<ObjectUploaded> upload, int thumbnailsWritten) {
    sample.stop(duration);
    written.increment(thumbnailsWritten);
    count(thumbnailsWritten > 0 ? "made" : "unchanged");
    freshness.applied(UPLOADED, upload, upload.recordedTime(), clock.instant());
  }

  /** An upload asks for no thumbnails. */
  void skipped(SkipReason reason) {
    count(reason.tag());
  }

  private void count(String outcome) {
    registry.counter(EVENTS, "outcome", outcome).increment();
  }
}
