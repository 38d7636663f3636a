package quayside.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Two instances of the packaged application, while uploads go on, over a database that a later
 * release has migrated under the older one; and back. The older one is this application, or what
 * {@code QUAYSIDE_OLDER_APPLICATION} names: {@code quarkus-run.jar} of an earlier release.
 */
class RollingUpgradeIT {
  private static final int UPLOADS = 90;
  private static final Path OLDER =
      Optional.ofNullable(System.getenv("QUAYSIDE_OLDER_APPLICATION"))
          .map(Path::of)
          .orElse(Instance.JAR);

  @Test
  void oldInstanceOnNewSchema_andBack_losesAndDoublesNothing() throws Exception {
    NewerSchema database = NewerSchema.create(Stack.running());
    Map<String, String> settings = Map.of("quarkus.datasource.jdbc.url", database.url());
    try (Scenario scenario =
        Scenario.begin("rolling upgrade over a newer schema, and back", OLDER, settings)) {
      Instance older = scenario.application;
      Instance newer = scenario.instance("newer", settings);
      scenario.upload(UPLOADS);
      scenario.uploads.awaitSent(UPLOADS / 5);

      database.migrate();
      scenario.uploads.awaitSent(2 * UPLOADS / 5);
      newer.start();
      scenario.receiver(newer);
      scenario.uploads.awaitSent(3 * UPLOADS / 5);
      older.stop();
      scenario.uploads.awaitSent(4 * UPLOADS / 5);

      older.start();
      scenario.receiver(older);
      newer.stop();
      scenario.assertConverged();
    }
    // Some uploads overwrite another.
    assertThat(database.objects()).isBetween(UPLOADS / 2, UPLOADS);
  }
}
