package quayside.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import quayside.LaptopStackResource;
import quayside.event.EventType;
import quayside.event.SchemaIds;
import quayside.sink.ObservedEvents;

/** A service that starts before its registry does. */
@QuarkusTest
@TestProfile(RegistryStartTest.RegistryAwayAtFirst.class)
class RegistryStartTest {
  @Inject ObservedEvents events;
  @Inject SchemaIds ids;
  @Inject MeterRegistry metrics;

  /** A stack, and a registry that is late. */
  public static final class RegistryAwayAtFirst implements QuarkusTestProfile {
    @Override
    public List<TestResourceEntry> testResources() {
      return List.of(
          new TestResourceEntry(LaptopStackResource.class),
          new TestResourceEntry(StubRegistryResource.class));
    }
  }

  @Test
  void service_startsWithoutItsRegistryAndNamesSchemasWhenItHasTheIds() throws Exception {
    assertThat(PublishedDeletion.schemaId(events)).isNull();
    assertThat(schemas("pending")).isEqualTo(EventType.values().length);

    StubRegistryResource.open();
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> schemas("registered") == EventType.values().length);

    assertThat(PublishedDeletion.schemaId(events))
        .matches("4[1-9]")
        .isEqualTo(ids.of(EventType.OBJECT_DELETED_V1));
  }

  private int schemas(String state) {
    return (int) metrics.get("quayside.registry.schemas").tag("state", state).gauge().value();
  }
}
