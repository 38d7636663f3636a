package quayside.chaos;

import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the application depends on dies in the middle of the work and comes back. */
@Tag("chaos")
class ServerFaultsIT {
  private static final int UPLOADS = 240;

  /** Callbacks go on being acknowledged: the journal takes their events. */
  @Test
  void brokerKilled() throws Exception {
    try (Scenario scenario = Scenario.begin("kill -9 of the broker")) {
      scenario.upload(UPLOADS);
      scenario.uploads.awaitSent(UPLOADS / 3);
      scenario.stack.kafka.kill();
      scenario.uploads.awaitSent(UPLOADS * 2 / 3);
      scenario.stack.kafka.start();
      scenario.assertConverged();
    }
  }

  @Test
  void databaseKilled() throws Exception {
    try (Scenario scenario = Scenario.begin("kill -9 of PostgreSQL")) {
      scenario.upload(UPLOADS);
      scenario.uploads.awaitSent(UPLOADS / 3);
      scenario.stack.postgres.kill();
      scenario.uploads.awaitSent(UPLOADS * 2 / 3);
      scenario.stack.postgres.start();
      scenario.assertConverged();
    }
  }

  @Test
  void bucketKilled() throws Exception {
    try (Scenario scenario = Scenario.begin("kill -9 of the OSS stand-in")) {
      scenario.upload(UPLOADS);
      scenario.awaitThumbnailsAtWork();
      scenario.stack.oss.kill();
      scenario.stack.oss.start();
      scenario.assertConverged();
    }
  }

  @Test
  void searchEngineKilled() throws Exception {
    try (SearchEngine engine = SearchEngine.start(Stack.running());
        Scenario scenario = Scenario.begin("kill -9 of OpenSearch", engine.settings())) {
      scenario.upload(UPLOADS);
      scenario.uploads.awaitSent(UPLOADS / 3);
      engine.server.kill();
      scenario.uploads.awaitSent(UPLOADS * 2 / 3);
      engine.server.start();
      scenario.assertConverged();
    }
  }

  /** As when the power fails, but for what the operating system had not written yet. */
  @Test
  void everythingKilled() throws Exception {
    try (Scenario scenario = Scenario.begin("kill -9 of everything at once", Map.of())) {
      scenario.upload(UPLOADS);
      scenario.uploads.awaitSent(UPLOADS / 2);
      scenario.stack.kafka.kill();
      scenario.stack.postgres.kill();
      scenario.application.kill();
      scenario.stack.oss.kill();
      Stack.running();
      scenario.application.start();
      scenario.assertConverged();
    }
  }
}
