package quayside.chaos;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The database is there, and no good. */
@Tag("chaos")
class DatabaseFaultsIT {
  private static final int UPLOADS = 240;

  /** Every message takes longer by this, there and back. */
  private static final Duration DELAY = Duration.ofMillis(50);

  @Test
  void databaseSlow() throws Exception {
    Stack stack = Stack.running();
    try (SlowProxy proxy = new SlowProxy(stack.postgresPort, DELAY);
        Scenario scenario =
            Scenario.begin(
                "database slow: 100 ms for a round trip",
                Map.of("quarkus.datasource.jdbc.url", stack.postgresUrl(proxy.port())))) {
      scenario.upload(UPLOADS);
      scenario.assertConverged();
    }
  }

  /**
   * The sinks wait for space; nothing is set aside, and callbacks are acknowledged all the while.
   */
  @Test
  void diskFull() throws Exception {
    try (SmallDisk disk = SmallDisk.start(Stack.running());
        Scenario scenario =
            Scenario.begin(
                "disk of the database full", Map.of("quarkus.datasource.jdbc.url", disk.url()))) {
      scenario.upload(2 * UPLOADS);
      scenario.uploads.awaitSent(UPLOADS / 3);
      disk.fill();
      disk.awaitFelt();
      scenario.uploads.awaitSent(2 * UPLOADS);
      disk.free();
      scenario.assertConverged();
    }
  }
}
