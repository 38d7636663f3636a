package quayside.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.Statement;
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

  /** Between the catalog and the topic of its states: neither knows of the other's commit. */
  @Test
  void applicationKilledWithStatesInMidBatch_tellsThemAllTheSame() throws Exception {
    try (Scenario scenario = Scenario.begin("kill -9 of the application, states (short)")) {
      scenario.upload(60);
      scenario.uploads.awaitSent(30);
      try (StateLock lock = new StateLock(scenario.stack)) {
        lock.awaitBatch();
        scenario.application.kill();
      }
      scenario.application.start();
      scenario.assertConverged();
    }
  }

  /**
   * A comparison that finds nothing after a fault is worth what it finds when there is something.
   */
  @Test
  void plantedLosses_areFoundByTheComparison() throws Exception {
    try (Scenario scenario = Scenario.begin("no fault, then losses by hand")) {
      scenario.upload(8);
      scenario.assertConverged();

      String photo = scenario.folder + "0.jpg";
      String etag = scenario.bucket.list(photo).get(photo).etag();
      scenario.bucket.delete("thumbnails/" + etag + "/small.webp");
      try (Connection connection = scenario.stack.connect();
          Statement statement = connection.createStatement()) {
        String folder = scenario.folder;
        statement.execute("delete from catalog.object where key = '" + folder + "1.txt'");
        statement.execute("delete from search.documents where object_key = '" + folder + "2.txt'");
        statement.execute(
            "update catalog.object set etag = 'OLD' where key = '" + folder + "3.txt'");
      }
      scenario.kafka.writeTombstone(Stack.STATES, Stack.BUCKET + "/" + scenario.folder + "4.txt");

      assertThat(scenario.differences())
          .satisfiesExactlyInAnyOrder(
              found -> assertThat(found).startsWith(photo).contains("thumbnails"),
              found -> assertThat(found).startsWith(scenario.folder + "1.txt").contains("catalog"),
              found -> assertThat(found).startsWith(scenario.folder + "2.txt").contains("index"),
              found -> assertThat(found).startsWith(scenario.folder + "3.txt").contains("OLD"),
              found -> assertThat(found).startsWith(scenario.folder + "4.txt").contains("state"));
    }
  }
}
