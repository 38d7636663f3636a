package quayside.sink.thumbnail.vips;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import quayside.sink.thumbnail.engine.Budget;
import quayside.sink.thumbnail.engine.ThumbnailEngine;
import quayside.sink.thumbnail.engine.ThumbnailEngineContract;

/** The contract with the real library in real worker processes. */
class VipsEngineTest extends ThumbnailEngineContract {
  private static VipsEngine engine;

  @BeforeAll
  static void start() throws Exception {
    engine =
        VipsEngine.start(
            InstalledVips.library(),
            1,
            InstalledVips.WORKER_MEMORY,
            LIMITS,
            new Budget(20_000_000),
            new SimpleMeterRegistry());
  }

  @AfterAll
  static void stop() {
    engine.close();
  }

  @Override
  protected ThumbnailEngine engine() {
    return engine;
  }
}
