package quayside.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.core.ConditionTimeoutException;

/**
 * One fault and what became of it: a folder in the bucket, a stream of uploads into it, an instance
 * of the application, and the comparison at the end. Used by one thread.
 */
final class Scenario implements AutoCloseable {
  private static final Duration CONVERGENCE = Duration.ofSeconds(240);
  private static final Duration SETTING_ASIDE = Duration.ofSeconds(20);
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final String DATABASE = "quarkus.datasource.jdbc.url";
  private static final int THREADS = 8;
  private static final int RATE = 40;
  private static final JsonMapper JSON = new JsonMapper();

  final Stack stack = Stack.running();
  final KafkaLog kafka = new KafkaLog(stack.kafkaAddress());
  final String folder = "chaos-" + UUID.randomUUID() + "/";
  final Bucket bucket = new Bucket(stack.ossEndpoint());
  final Instance application;
  final Uploads uploads;
  private final String name;
  private final String database;
  private final List<Instance> instances = new ArrayList<>();
  private volatile Instance receiver;
  private Instant begin = Instant.now();

  private Scenario(String name, Map<String, String> settings) {
    this.name = name;
    String usual = stack.settings().get(DATABASE);
    database = settings.getOrDefault(DATABASE, usual);
    System.out.println("== " + name);
    application = instance("app", settings);
    receiver = application;
    uploads = new Uploads(bucket, THREADS, () -> receiver.callbackUrl());
  }

  /** A scenario with a running application. */
  static Scenario begin(String name) {
    return begin(name, Map.of());
  }

  /** A scenario with a running application that is set up in some other way. */
  static Scenario begin(String name, Map<String, String> settings) {
    Scenario scenario = new Scenario(name, settings);
    scenario.application.start();
    scenario.begin = Instant.now();
    return scenario;
  }

  /** Another instance, which does not run yet; stopped at the end. */
  Instance instance(String name, Map<String, String> settings) {
    Instance instance = Instance.of(stack, stack.directory().resolve(folder), name, settings);
    instances.add(instance);
    return instance;
  }

  /** From now on callbacks go to this instance. */
  void receiver(Instance instance) {
    receiver = instance;
  }

  /** Begins to upload so many objects. */
  void upload(int count) {
    upload(0, count);
  }

  /** Begins to upload more objects, numbered from and to. */
  void upload(int from, int to) {
    uploads.begin(Upload.mixed(folder, to).subList(from, to), RATE);
  }

  /** Returns when some of the thumbnails are stored, and others are not. */
  void awaitThumbnailsAtWork() {
    await("some thumbnails")
        .pollInterval(Duration.ofMillis(50))
        .atMost(CONVERGENCE)
        .until(() ->
            bucket.list(folder).entrySet().stream()
                .filter(object -> Upload.isPhoto(object.getKey()))
                .map(object -> "thumbnails/" + object.getValue().etag() + "/")
                .mapToInt(shelf -> bucket.list(shelf).size())
                .anyMatch(count -> count > 0 && count < 7));
  }

  /** Waits until everything agrees with the bucket; fails when anything is lost or doubled. */
  void assertConverged() throws IOException, SQLException {
    assertConverged(0);
  }

  /**
   * Waits until everything agrees with the bucket; fails when anything is lost or doubled.
   *
   * @param deadLetters how many records of this folder are set aside
   */
  void assertConverged(int deadLetters) throws IOException, SQLException {
    uploads.awaitEnd();
    Set<String> unacknowledged = uploads.unacknowledgedKeys();
    List<String> troubles = awaitAgreement(unacknowledged);
    if (!unacknowledged.isEmpty() && troubles.isEmpty()) {
      reconcile();
      troubles = awaitAgreement(Set.of());
    }
    Duration time = Duration.between(begin, Instant.now());
    Set<String> acknowledged = uploads.acknowledged();
    int applied = applied(acknowledged).size();
    List<String> doubled = doubled();
    int lost = acknowledged.size() - applied + troubles.size();
    new Outcome(name, uploads.sent(), acknowledged.size(), applied, lost, doubled.size(), time)
        .publish();
    // A reconcile would mend everything even if no callback ever arrived.
    assertThat(acknowledged).as("acknowledged").isNotEmpty();
    assertThat(troubles).as("differences").isEmpty();
    assertThat(applied).as("applied").isEqualTo(acknowledged.size());
    assertThat(doubled).as("doubled").isEmpty();
    await()
        .atMost(SETTING_ASIDE)
        .untilAsserted(() -> assertThat(deadLetters()).as("dead letters").hasSize(deadLetters));
    kafka.assertContractKept();
  }

  /** The dead letters of this folder: topic, reason and key. */
  List<String> deadLetters() {
    return kafka.read(".dlq").stream()
        .filter(record -> String.valueOf(record.key()).contains(folder))
        .map(record ->
            "%s %s %s"
                .formatted(
                    record.topic(), KafkaLog.header(record, "dead-letter-reason"), record.key()))
        .toList();
  }

  @Override
  public void close() {
    uploads.close();
    instances.forEach(Instance::close);
    bucket.close();
  }

  // The differences that remain; without those of objects of which nobody was told.
  private List<String> awaitAgreement(Set<String> except) throws IOException, SQLException {
    try {
      await()
          .pollInterval(LOOK)
          .atMost(CONVERGENCE)
          .ignoreExceptions()
          .until(() ->
              differences(except).isEmpty()
                  && applied(uploads.acknowledged()).containsAll(uploads.acknowledged()));
      return List.of();
    } catch (ConditionTimeoutException e) {
      return differences(except);
    }
  }

  /** What does not agree with the bucket now. */
  List<String> differences() throws IOException {
    return differences(Set.of());
  }

  private List<String> differences(Set<String> except) throws IOException {
    return Comparison.of(bucket, application, kafka, folder, key -> !except.contains(key))
        .differences();
  }

  private void reconcile() throws IOException {
    String order =
        JSON.createObjectNode()
            .put("bucket", Stack.BUCKET)
            .put("prefix", folder)
            .put("rate", 1000)
            .toString();
    String id = application.manage("/q/reconcile", order).path("id").asText();
    JsonNode run =
        await()
            .pollInterval(LOOK)
            .atMost(CONVERGENCE)
            .until(
                () -> application.manage("/q/reconcile/" + id),
                now -> !now.path("state").asText().equals("running"));
    assertThat(run.path("state").asText()).as("%s", run).isEqualTo("done");
  }

  private Set<String> applied(Set<String> eventIds) throws SQLException {
    Set<String> applied = new HashSet<>();
    try (Connection connection = Stack.connect(database);
        PreparedStatement statement =
            connection.prepareStatement(
                "select distinct id from catalog.inbox where id = any(?)")) {
      Array ids = connection.createArrayOf("text", eventIds.toArray());
      statement.setArray(1, ids);
      ResultSet result = statement.executeQuery();
      while (result.next()) {
        applied.add(result.getString(1));
      }
    }
    return applied;
  }

  // Objects shown twice, and events that a sink says it applied more than once.
  private List<String> doubled() throws IOException {
    List<String> doubled =
        new ArrayList<>(Comparison.of(bucket, application, kafka, folder, key -> true).doubled());
    Set<String> seen = new HashSet<>();
    for (ConsumerRecord<String, byte[]> record : kafka.read("quayside.effects.v1")) {
      JsonNode batch = JSON.readTree(record.value());
      for (JsonNode effect : batch.path("effects")) {
        String what = batch.path("sink").asText() + " " + effect.path("eventId").asText();
        if (effect.path("key").asText().startsWith(folder)
            && effect.path("outcome").asText().equals("applied")
            && !seen.add(what)) {
          doubled.add("applied twice: " + what);
        }
      }
    }
    return doubled;
  }
}
