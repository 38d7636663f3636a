package quayside.operate.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import quayside.callback.CallbackHttpProfile;

/** The doctor and the service itself: what it asks for is what the service does. */
@QuarkusTest
@TestProfile(CallbackHttpProfile.class)
class DoctorHttpTest {
  @TestHTTPResource("/oss/callback")
  URI callback;

  @TestHTTPResource("/somewhere/else")
  URI elsewhere;

  @Test
  void service_isHealthy() {
    assertThat(examine(callback))
        .filteredOn(finding -> !finding.check().equals("tls"))
        .allMatch(f -> f.outcome() == Outcome.OK || f.check().equals("clock-endpoint"));
  }

  @Test
  void wrongPath_isNamed() {
    assertThat(examine(elsewhere))
        .filteredOn(finding -> finding.outcome() == Outcome.FAIL)
        .singleElement()
        .satisfies(finding -> assertThat(finding.check()).isEqualTo("path"))
        .satisfies(finding -> assertThat(finding.advice()).contains("quayside.callback.paths"));
  }

  private static List<Finding> examine(URI url) {
    DoctorOptions options =
        new DoctorOptions(
            Optional.of(url),
            false,
            Optional.empty(),
            Map.of(),
            List.of(),
            List.of(),
            Duration.ofSeconds(10),
            Clock.systemUTC(),
            Map.of(),
            new DoctorOptions.ConfigReader() {
              @Override
              public <T> T read(Class<T> mapping, Map<String, String> commandLine) {
                throw new AssertionError("no configuration is needed");
              }
            });
    return Doctor.of(EndpointChecks.of(options), Duration.ofSeconds(60)).examine(check -> {});
  }
}
