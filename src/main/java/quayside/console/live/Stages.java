package quayside.console.live;

import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The stages an upload passes, as far as the feed sees them. Of the sinks only what becomes of
 * uploads counts, so that in step all have the same rate. Thread-safe.
 */
final class Stages {
  /** The record on Kafka. */
  static final String PUBLISH = "publish";

  private final Map<String, LatencyWindow> windows;

  Stages(Clock clock) {
    this.windows =
        Map.of(
            PUBLISH,
            new LatencyWindow(clock),
            "catalog",
            new LatencyWindow(clock),
            "search",
            new LatencyWindow(clock),
            "thumbnail",
            new LatencyWindow(clock));
  }

  /** An upload passed; of stages that are not known nothing is kept. */
  void record(@Nullable String stage, @Nullable Long millis) {
    LatencyWindow window = stage == null ? null : windows.get(stage);
    if (window != null) {
      window.record(millis);
    }
  }

  /** How a stage does. */
  StageReading read(String stage) {
    LatencyWindow window = windows.get(stage);
    return window == null ? StageReading.UNKNOWN : window.read();
  }
}
