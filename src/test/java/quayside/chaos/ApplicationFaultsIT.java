package quayside.chaos;

import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The application itself dies, with each of its consumers in the middle of a batch. */
@Tag("chaos")
class ApplicationFaultsIT {
  private static final int UPLOADS = 240;

  @Test
  void killedWithTheCatalogInMidBatch() throws Exception {
    killWhileHolding("catalog.object", "kill -9 of the application, catalog in mid-batch");
  }

  @Test
  void killedWithTheIndexInMidBatch() throws Exception {
    killWhileHolding("search.documents", "kill -9 of the application, search in mid-batch");
  }

  @Test
  void killedWithStatesInMidBatch() throws Exception {
    try (Scenario scenario = Scenario.begin("kill -9 of the application, states in mid-batch")) {
      scenario.upload(UPLOADS);
      scenario.uploads.awaitSent(UPLOADS / 3);
      try (StateLock lock = new StateLock(scenario.stack)) {
        lock.awaitBatch();
        scenario.application.kill();
      }
      scenario.application.start();
      scenario.assertConverged();
    }
  }

  @Test
  void killedWithThumbnailsHalfMade() throws Exception {
    try (Scenario scenario = Scenario.begin("kill -9 of the application, thumbnails half made")) {
      scenario.upload(UPLOADS);
      scenario.awaitThumbnailsAtWork();
      scenario.application.kill();
      scenario.application.start();
      scenario.assertConverged();
    }
  }

  @Test
  void killedAgainAndAgain() throws Exception {
    try (Scenario scenario = Scenario.begin("kill -9 of the application, three times")) {
      int third = UPLOADS / 3;
      for (int from = 0; from < UPLOADS; from += third) {
        scenario.upload(from, from + third);
        scenario.uploads.awaitSent(from + third * 3 / 4);
        scenario.application.kill();
        scenario.application.start();
      }
      scenario.assertConverged();
    }
  }

  /** Partitions move to an instance that starts, and back when it ends in good order. */
  @Test
  void secondInstanceComesAndGoes() throws Exception {
    try (Scenario scenario = Scenario.begin("rebalance: a second instance starts and stops")) {
      Instance second = scenario.instance("second", Map.of());
      scenario.upload(2 * UPLOADS);
      scenario.uploads.awaitSent(UPLOADS / 4);
      second.start();
      scenario.uploads.awaitSent(UPLOADS);
      second.stop();
      scenario.assertConverged();
    }
  }

  @Test
  void secondInstanceIsKilled() throws Exception {
    try (Scenario scenario = Scenario.begin("rebalance: a second instance starts, kill -9 of it")) {
      Instance second = scenario.instance("second", Map.of());
      scenario.upload(2 * UPLOADS);
      scenario.uploads.awaitSent(UPLOADS / 4);
      second.start();
      scenario.uploads.awaitSent(UPLOADS);
      second.kill();
      scenario.assertConverged();
    }
  }

  private static void killWhileHolding(String table, String name) throws Exception {
    try (Scenario scenario = Scenario.begin(name)) {
      scenario.upload(UPLOADS);
      scenario.uploads.awaitSent(UPLOADS / 3);
      try (TableLock lock = new TableLock(scenario.stack, table)) {
        lock.awaitBatch();
        scenario.application.kill();
      }
      scenario.application.start();
      scenario.assertConverged();
    }
  }
}
