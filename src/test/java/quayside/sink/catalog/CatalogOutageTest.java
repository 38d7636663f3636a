package quayside.sink.catalog;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.persistence.PersistenceException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import quayside.LaptopStackResource;
import quayside.event.EventCodec;
import quayside.sink.DependencyUnavailableException;

/** What the catalog does while its database is away. */
@QuarkusTest
@WithTestResource(value = LaptopStackResource.class, scope = TestResourceScope.GLOBAL)
class CatalogOutageTest {
  @Inject ObjectSink objects;
  @Inject CatalogReader catalog;

  private final Upload upload = Upload.of(Upload.newBucket(), "a.jpg");
  private final ObjectName name = new ObjectName(String.valueOf(upload.bucket()), "a.jpg");

  @AfterEach
  void open() throws Exception {
    Database.open();
  }

  @Test
  void databaseAway_isNoFaultOfTheEvent() throws Exception {
    Database.close();

    assertThatThrownBy(() -> objects.apply(List.of(upload.event())))
        .isInstanceOf(DependencyUnavailableException.class)
        .hasMessageContaining("PostgreSQL");

    Database.open();
    applyAsTheConsumerDoes();
    assertThat(catalog.find(name)).isPresent();
  }

  @Test
  void connectionLostWithinABatch_isNoFaultOfTheEvent() throws Exception {
    try (Connection other = Database.connect();
        Statement statement = other.createStatement();
        ExecutorService threads = Executors.newSingleThreadExecutor()) {
      other.setAutoCommit(false);
      statement.execute("lock table catalog.object in exclusive mode");
      Future<?> applying = threads.submit(this::apply);
      await().until(() -> terminateBackendsThatWaitForALock(statement) > 0);

      assertThatThrownBy(applying::get).hasCauseInstanceOf(DependencyUnavailableException.class);
    }

    applyAsTheConsumerDoes();
    assertThat(catalog.find(name)).isPresent();
  }

  @Test
  void databaseAway_isAnHonest503() throws Exception {
    Database.close();

    for (String target : List.of("/api/objects", "/api/objects/b/k")) {
      given()
          .get(target)
          .then()
          .statusCode(503)
          .contentType("application/problem+json")
          .body("reason", equalTo("catalog-unavailable"));
    }
  }

  @Test
  void eventPublishedMeanwhile_isAppliedAfterwards() throws Exception {
    Database.close();
    try (Kafka kafka = new Kafka()) {
      kafka.publish("oss.object.uploaded.v1", EventCodec.objectUploaded(), upload.event());
    }

    Database.open();

    await()
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptionsInstanceOf(PersistenceException.class)
        .until(() -> catalog.find(name).isPresent());
  }

  /** Again and again while the database is away: the pool may still hold connections that died. */
  private void applyAsTheConsumerDoes() {
    await()
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptionsInstanceOf(DependencyUnavailableException.class)
        .untilAsserted(() -> objects.apply(List.of(upload.event())));
  }

  private Void apply() throws Exception {
    objects.apply(List.of(upload.event()));
    return null;
  }

  private static int terminateBackendsThatWaitForALock(Statement statement) throws Exception {
    // A transaction sees all activity as it was when it looked first.
    statement.execute("select pg_stat_clear_snapshot()");
    try (ResultSet result =
        statement.executeQuery(
            "select count(pg_terminate_backend(pid)) from pg_stat_activity"
                + " where wait_event_type = 'Lock' and query like '%catalog.object%'")) {
      result.next();
      return result.getInt(1);
    }
  }
}
