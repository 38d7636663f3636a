package quayside.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import quayside.LaptopStackResource;
import quayside.event.EventType;
import quayside.event.SchemaIds;
import quayside.registry.RegistryAnswer.Refused;
import quayside.registry.RegistryAnswer.Registered;
import quayside.registry.RegistryAnswer.Unavailable;
import quayside.sink.ObservedEvents;

/** The service beside a real Apicurio Registry. Only when asked for: `make registry-test`. */
@Tag("registry")
@QuarkusTest
@TestProfile(ApicurioRegistryTest.BesideApicurio.class)
class ApicurioRegistryTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String DRAFT_7 = "http://json-schema.org/draft-07/schema#";
  private static final String DRAFT_2020_12 = "https://json-schema.org/draft/2020-12/schema";

  @ConfigProperty(name = "quayside.registry.url")
  URI url;

  @Inject ObservedEvents events;
  @Inject SchemaIds ids;

  /** A stack and a registry. */
  public static final class BesideApicurio implements QuarkusTestProfile {
    @Override
    public List<TestResourceEntry> testResources() {
      return List.of(
          new TestResourceEntry(LaptopStackResource.class),
          new TestResourceEntry(ApicurioResource.class));
    }
  }

  @BeforeEach
  void awaitIds() {
    await().atMost(Duration.ofSeconds(60)).until(() -> knowsAll(ids));
  }

  @Test
  void everyId_isResolvedToTheSchemaAsPublished() throws Exception {
    for (EventType type : EventType.values()) {
      assertThat(new RegistryApi(url).schema(ids.of(type)))
          .isEqualTo(JSON.readTree(Path.of("schemas", type.schemaFile()).toFile()));
    }
  }

  @Test
  void publishedEvent_namesItsSchemaInTheRegistry() throws Exception {
    String id = PublishedDeletion.schemaId(events);

    assertThat(id).isNotNull();
    assertThat(new RegistryApi(url).schema(id))
        .isEqualTo(JSON.readTree(Path.of("schemas/object-deleted.v1.schema.json").toFile()));
  }

  @Test
  void secondStart_registersNothingNew() throws Exception {
    RegistryApi api = new RegistryApi(url);
    try (SchemaRegistration second =
        new SchemaRegistration(
            client(), subjects(), RetryPauses.usual(new Random(1)), new SimpleMeterRegistry())) {
      second.start();
      await().atMost(Duration.ofSeconds(60)).until(() -> knowsAll(second));

      for (EventType type : EventType.values()) {
        assertThat(second.of(type)).isEqualTo(ids.of(type));
        assertThat(api.versions(subjects().of(type)).toString()).isEqualTo("[1]");
      }
    }
  }

  /** What an operator sees whose subject belongs to somebody else already. */
  @Test
  void schemaThatBreaksTheCompatibility_isRefusedInWords() throws Exception {
    RegistryApi api = new RegistryApi(url);
    String subject = "somebody-elses-value";

    try (RegistryClient client = client()) {
      assertThat(client.register(subject, schema(DRAFT_7, "object")))
          .isInstanceOf(Registered.class);
      api.compatibility(subject, "FULL");
      RegistryAnswer answer = client.register(subject, schema(DRAFT_7, "string"));

      assertThat(answer)
          .isInstanceOfSatisfying(
              Refused.class, refused -> assertThat(refused.words()).hasSizeGreaterThan(20));
    }
    assertThat(api.versions(subject).toString()).isEqualTo("[1]");
  }

  /** Its rule of compatibility stops at draft 7 and fails on ours; {@code schemas/README.md}. */
  @Test
  void ruleOfCompatibility_failsOnOurDraftAndNothingIsRegistered() throws Exception {
    RegistryApi api = new RegistryApi(url);
    String subject = subjects().of(EventType.OBJECT_DELETED_V1);
    api.compatibility(subject, "FULL");

    try (RegistryClient client = client()) {
      assertThat(client.register(subject, schema(DRAFT_2020_12, "string")))
          .isInstanceOfSatisfying(
              Unavailable.class,
              failed -> assertThat(failed.words()).contains("could not determine version"));
    } finally {
      api.compatibility(subject, "NONE");
    }
    assertThat(api.versions(subject).toString()).isEqualTo("[1]");
  }

  private static String schema(String draft, String type) {
    return "{\"$schema\":\"" + draft + "\",\"type\":\"" + type + "\"}";
  }

  private RegistryClient client() {
    return new RegistryClient(RegistryAddress.of(url, TestRegistryConfig.of()));
  }

  private static Subjects subjects() {
    return TestRegistryConfig.subjects();
  }

  private static boolean knowsAll(SchemaIds known) {
    return Arrays.stream(EventType.values()).allMatch(type -> known.of(type) != null);
  }
}
