package quayside.callback;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import quayside.LaptopStackResource;

/** Callbacks over HTTP, as raw bytes on a socket, to the real service with a real broker behind it. */
@QuarkusTest
@TestProfile(CallbackHttpTest.Paths.class)
class CallbackHttpTest {
  private final TestSigner signer = CallbackTestKeyResource.signer();

  @TestHTTPResource URI uri;
  @Inject MeterRegistry registry;

  /** The paths of the vectors beside the default. */
  public static final class Paths implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "quayside.callback.paths",
          "/oss/callback,/oss/any/*,/,/index.php,/api/any,/api/AliYunOssCallback,/temp/oss/index.php");
    }

    @Override
    public List<TestResourceEntry> testResources() {
      return List.of(
          new TestResourceEntry(LaptopStackResource.class), new TestResourceEntry(CallbackTestKeyResource.class));
    }
  }

  static List<Vector> vectors() {
    return Vector.accepted();
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void realCallback_isAcceptedAndPublished(Vector vector) throws IOException {
    RawHttp.Reply reply = RawHttp.send(uri.getPort(), vector.wire());

    assertPublished(reply);
  }

  @Test
  void validCallback_isAnsweredAsOssWants() throws IOException {
    assertPublished(RawHttp.send(uri.getPort(), CallbackScenario.signedBy(signer).wire()));
  }

  private static void assertPublished(RawHttp.Reply reply) throws IOException {
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    assertThat(reply.headers()).containsEntry("content-type", "application/json");
    assertThat(reply.headers()).containsEntry("content-length", Integer.toString(reply.body().length));
    assertThat(reply.headers()).doesNotContainKeys("transfer-encoding", "location");
    JsonNode json = new ObjectMapper().readTree(reply.body());
    assertThat(json.get("Status").asText()).isEqualTo("OK");
    assertThat(json.get("eventId").asText()).isNotEmpty();
  }
}
