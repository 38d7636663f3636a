package quayside.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import quayside.LogLines;
import quayside.event.EventType;
import quayside.registry.StubRegistry.Answer;
import quayside.registry.StubRegistry.Request;

/** How the schemas become known, against a server that answers as it is told. */
class SchemaRegistrationTest {
  private static final int TYPES = EventType.values().length;
  private static final Duration LONG = Duration.ofHours(1);
  private static final RetryPauses QUICK =
      new RetryPauses(Duration.ofMillis(20), Duration.ofMillis(80), LONG, new Random(1));

  private static final Subjects SUBJECTS = TestRegistryConfig.subjects();

  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final LogLines log = new LogLines("quayside.registry");

  @AfterEach
  void closeLog() {
    log.close();
  }

  @Test
  void newSchemas_areRegisteredUnderTheirTopics() throws Exception {
    try (StubRegistry registry = StubRegistry.willing();
        SchemaRegistration registration = registration(registry, QUICK)) {
      registration.start();

      await().until(() -> schemas("registered") == TYPES);
      List<Request> registered =
          registry.requests().stream().filter(request -> !request.isLookup()).toList();
      assertThat(registered)
          .extracting(Request::path)
          .containsExactlyInAnyOrderElementsOf(
              Arrays.stream(EventType.values())
                  .map(type -> "/apis/ccompat/v7/subjects/" + SUBJECTS.of(type) + "/versions")
                  .toList())
          .contains("/apis/ccompat/v7/subjects/oss.object.uploaded.v1-value/versions");
      assertThat(registered)
          .allMatch(request -> request.body().path("schemaType").asText().equals("JSON"))
          .extracting(request -> new JsonMapper().readTree(request.body().path("schema").asText()))
          .contains(
              new JsonMapper()
                  .readTree(Path.of("schemas/object-uploaded.v1.schema.json").toFile()));
      assertThat(Arrays.stream(EventType.values()).map(registration::of))
          .doesNotHaveDuplicates()
          .allMatch(id -> id.matches("[1-9]"));
      assertThat(schemas("pending") + schemas("refused")).isZero();
    }
  }

  /** Who may only read has the ids all the same; and a second start changes nothing. */
  @Test
  void knownSchemas_areNotRegisteredAgain() throws Exception {
    try (StubRegistry registry = StubRegistry.willing()) {
      try (SchemaRegistration first = registration(registry, QUICK)) {
        first.start();
        await().until(() -> first.of(EventType.OBJECT_DELETED_V1) != null);
        await().until(() -> schemas("registered") == TYPES);
      }
      int before = registry.requests().size();

      try (SchemaRegistration second = registration(registry, QUICK)) {
        second.start();
        await().until(() -> ids(second) == TYPES);
      }

      assertThat(registry.requests().stream().skip(before))
          .hasSize(TYPES)
          .allMatch(Request::isLookup);
    }
  }

  @Test
  void registryThatIsAwayAtFirst_isAskedUntilItAnswers() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    try (StubRegistry registry = StubRegistry.willing();
        StubRegistry away =
            new StubRegistry(request -> {
              asked.incrementAndGet();
              return new Answer(500, "{\"message\":\"storage is away\"}");
            });
        SchemaRegistration registration = registration(away, QUICK)) {
      registration.start();
      await().until(() -> asked.get() > 4 * TYPES);
      assertThat(ids(registration)).isZero();
      assertThat(schemas("pending")).isEqualTo(TYPES);

      away.behave(request -> request.isLookup() ? StubRegistry.NO_SUBJECT : Answer.id(1));

      await().until(() -> ids(registration) == TYPES);
      assertThat(log.only("does not register"))
          .contains("reason=registry-failed", "HTTP 500 storage is away");
      assertThat(schemas("pending")).isZero();
      assertThat(registry.requests()).isEmpty();
    }
  }

  @Test
  void credentialsThatAreWrong_areSaidOnceAndNotShown() throws Exception {
    try (StubRegistry registry = new StubRegistry(request -> new Answer(401, "who?"));
        SchemaRegistration registration =
            registration(registry, QUICK, "quayside.registry.token", "s3cret")) {
      registration.start();

      await().until(() -> registry.requests().size() > 3 * TYPES);
      assertThat(log.only("does not register"))
          .contains("reason=registry-unauthorized")
          .doesNotContain("s3cret");
      assertThat(registry.requests()).allMatch(r -> r.authorization().equals("Bearer s3cret"));
    }
  }

  /** A subject with another team's schema: asking all the time would help nobody. */
  @Test
  void refusedSchema_isSaidInTheRegistrysWordsAndLeftAloneForLong() throws Exception {
    try (StubRegistry registry =
            new StubRegistry(request -> {
              if (request.isLookup()) {
                return StubRegistry.NO_SUBJECT;
              }
              return request.path().contains("uploaded")
                  ? new Answer(409, "{\"message\":\"line one\\nfake=line two \\u001b[2J\"}")
                  : Answer.id(3);
            });
        SchemaRegistration registration = registration(registry, QUICK)) {
      registration.start();

      await().until(() -> schemas("refused") == 1 && schemas("registered") == TYPES - 1);
      assertThat(log.only("refuses the schema"))
          .contains("oss.object.uploaded.v1-value", "compatibility", "reason=schema-refused")
          .contains("cause=\"HTTP 409 line one?fake=line two ?[2J\"");
      assertThat(registration.of(EventType.OBJECT_UPLOADED_V1)).isNull();
      assertThat(registration.of(EventType.OBJECT_DELETED_V1)).isEqualTo("3");
      // Longer than it waits after any number of failures.
      await()
          .pollDelay(Duration.ofMillis(500))
          .until(() ->
              registry.requests().stream().filter(r -> r.path().contains("uploaded")).count() == 2);
    }
  }

  @Test
  void refusedSchema_isRegisteredWhenSomebodyHasMadeRoom() throws Exception {
    RetryPauses soon = new RetryPauses(LONG, LONG, Duration.ofMillis(50), new Random(1));
    try (StubRegistry registry =
            new StubRegistry(
                request -> request.isLookup() ? StubRegistry.NO_SUBJECT : new Answer(422, "{}"));
        SchemaRegistration registration = registration(registry, soon)) {
      registration.start();
      await().until(() -> schemas("refused") == TYPES);

      registry.behave(request -> request.isLookup() ? StubRegistry.NO_SUBJECT : Answer.id(9));

      await().until(() -> ids(registration) == TYPES);
      assertThat(schemas("refused")).isZero();
    }
  }

  /** An URL that ends too early or too late is answered 404 to everything. */
  @Test
  void pathThatIsNoApi_isSaid() throws Exception {
    try (StubRegistry registry = new StubRegistry(request -> new Answer(404, "no such page"));
        SchemaRegistration registration = registration(registry, QUICK)) {
      registration.start();

      assertThat(log.only("does not register")).contains("does quayside.registry.url name");
    }
  }

  @Test
  void thread_endsWithTheLastSchema() throws Exception {
    try (StubRegistry registry = StubRegistry.willing();
        SchemaRegistration registration = registration(registry, QUICK)) {
      registration.start();

      await().until(() -> ids(registration) == TYPES);
      await().until(() -> RegistryThreads.running().isEmpty());
    }
  }

  /** A stop does not wait for a registry that does not answer. */
  @Test
  void close_endsTheThreadInTheMiddleOfARequest() throws Exception {
    try (StubRegistry registry = new StubRegistry(request -> new Answer(200, ""))) {
      SchemaRegistration registration =
          registration(registry, QUICK, "quayside.registry.timeout", "PT5M");
      registration.start();
      await().until(() -> !registry.requests().isEmpty());

      registration.close();

      await().until(() -> RegistryThreads.running().isEmpty());
    }
  }

  private SchemaRegistration registration(
      StubRegistry registry, RetryPauses pauses, String... settings) {
    RegistryAddress address = RegistryAddress.of(registry.url(), TestRegistryConfig.of(settings));
    return new SchemaRegistration(new RegistryClient(address), SUBJECTS, pauses, metrics);
  }

  private static long ids(SchemaRegistration registration) {
    return Arrays.stream(EventType.values()).filter(type -> registration.of(type) != null).count();
  }

  // Of the first registration that had these metrics: gauges are not replaced.
  private int schemas(String state) {
    return (int) metrics.get("quayside.registry.schemas").tag("state", state).gauge().value();
  }
}
