package quayside.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import quayside.LaptopStackResource;
import quayside.event.EventType;
import quayside.event.SchemaIds;

/** A service that starts before its registry does. */
@QuarkusTest
@TestProfile(RegistryStartTest.RegistryAwayAtFirst.class)
class RegistryStartTest {
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
  void service_startsWithoutItsRegistryAndHasTheIdsLater() {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> Arrays.stream(EventType.values()).allMatch(type -> ids.of(type) != null));

    assertThat(ids.of(EventType.OBJECT_UPLOADED_V1)).matches("4[1-9]");
    assertThat(metrics.get("quayside.registry.schemas").tag("state", "registered").gauge().value())
        .isEqualTo(EventType.values().length);
  }
}
