package quayside.sink.thumbnail.imageio;

import org.junit.jupiter.api.AfterAll;
import quayside.sink.thumbnail.engine.Budget;
import quayside.sink.thumbnail.engine.ThumbnailEngine;
import quayside.sink.thumbnail.engine.ThumbnailEngineContract;

/** The contract in pure Java. */
class JavaEngineTest extends ThumbnailEngineContract {
  private static final JavaEngine ENGINE = new JavaEngine(1, LIMITS, new Budget(20_000_000));

  @AfterAll
  static void stop() {
    ENGINE.close();
  }

  @Override
  protected ThumbnailEngine engine() {
    return ENGINE;
  }
}
