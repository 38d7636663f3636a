package quayside.sink.catalog.state;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.net.URI;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import quayside.LaptopStackResource;
import quayside.event.EventCodec;
import quayside.event.TestWriters;
import quayside.sink.DependencyUnavailableException;
import quayside.sink.catalog.Database;
import quayside.sink.catalog.Kafka;
import quayside.sink.catalog.LockedObjects.Known;
import quayside.sink.catalog.ObjectName;
import quayside.sink.catalog.Upload;

/** What becomes of states while something they need is away: they wait, and nothing is lost. */
@QuarkusTest
@WithTestResource(value = LaptopStackResource.class, scope = TestResourceScope.GLOBAL)
class StateOutageTest {
  private static final String UPLOADED = "oss.object.uploaded.v1";
  private static final Duration LIMIT = Duration.ofSeconds(120);

  @Inject StateTopicsConfig topics;
  @Inject Event<Producer<?, ?>> opened;

  @TestHTTPResource(value = "/health/ready", management = true)
  URI ready;

  private final Kafka kafka = new Kafka();
  private final Upload upload = Upload.of(Upload.newBucket(), "a.jpg");

  @AfterEach
  void close() throws Exception {
    Database.open();
    kafka.close();
  }

  @Test
  void eventPublishedWhileTheDatabaseIsAway_isToldAfterwards() throws Exception {
    Database.close();
    publish();

    Database.open();

    await().atMost(LIMIT).until(() -> last() != null);
  }

  /** A row that is not there yet would be taken for one that never comes. */
  @Test
  void catalogThatStandsStill_isWaitedForAndReported() throws Exception {
    try (Connection other = Database.connect();
        Statement lock = other.createStatement()) {
      other.setAutoCommit(false);
      lock.execute("lock table catalog.inbox in access exclusive mode");
      publish();

      await()
          .atMost(LIMIT)
          .untilAsserted(() ->
              given()
                  .get(ready)
                  .then()
                  .statusCode(200)
                  .body(containsString("the catalog is not as far")));
      assertThat(last()).isNull();
    }

    await().atMost(LIMIT).until(() -> last() != null);
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () -> assertThat(given().get(ready).asString()).doesNotContain("the catalog is not"));
  }

  @Test
  void kafkaThatDoesNotTakeIt_isADependencyThatIsAway() {
    KafkaStatePublisher nowhere =
        new KafkaStatePublisher(
            topics, TestWriters.binary(), Map.of("bootstrap.servers", "127.0.0.1:1"), opened);
    ObjectName name = new ObjectName(String.valueOf(upload.bucket()), "a.jpg");
    CurrentState state =
        CurrentState.of(new Known(name, upload.event(), null, -1), List.of()).orElseThrow();

    try {
      assertThatThrownBy(() -> nowhere.publish(List.of(state)))
          .isInstanceOf(DependencyUnavailableException.class)
          .hasMessageContaining("Kafka does not take the state");
    } finally {
      nowhere.close();
    }
  }

  private void publish() throws Exception {
    kafka.publish(UPLOADED, EventCodec.objectUploaded(), upload.event());
  }

  private ConsumerRecord<String, byte[]> last() {
    return StateTopic.last(String.valueOf(upload.bucket()), "a.jpg");
  }
}
