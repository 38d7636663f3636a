package quayside.chaos;

import org.junit.jupiter.api.Test;

/** The part of the fault suite that every test run includes. */
class FaultIT {

  /** A process that dies between reading and committing is the commonest fault of all. */
  @Test
  void applicationKilledInMidBatch_losesAndDoublesNothing() throws Exception {
    try (Scenario scenario = Scenario.begin("kill -9 of the application (short)")) {
      scenario.upload(60);
      scenario.uploads.awaitSent(30);
      try (TableLock lock = new TableLock(scenario.stack, "catalog.object")) {
        lock.awaitBatch();
        scenario.application.kill();
      }
      scenario.application.start();
      scenario.assertConverged();
    }
  }
}
