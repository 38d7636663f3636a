package quayside.callback;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import quayside.LaptopStackResource;

/** Kafka is unreachable and there is no journal: honest 503s, in time, and no queue grows. */
@QuarkusTest
@TestProfile(KafkaAwayTest.NoKafka.class)
class KafkaAwayTest {
  private final TestSigner signer = CallbackTestKeyResource.signer();

  @TestHTTPResource URI uri;
  @Inject MeterRegistry registry;

  /** The stack, but a Kafka address where nobody answers, and room for two events in flight. */
  public static final class NoKafka implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("quayside.callback.max-in-flight", "2", "quayside.journal.enabled", "false");
    }

    @Override
    public List<TestResourceEntry> testResources() {
      return List.of(
          new TestResourceEntry(LaptopStackResource.class),
          new TestResourceEntry(CallbackTestKeyResource.class),
          new TestResourceEntry(DeadEnd.class));
    }
  }

  /** A port that accepts connections and never says a word. */
  public static final class DeadEnd implements QuarkusTestResourceLifecycleManager {
    private ServerSocket server;

    @Override
    public int order() {
      return 1; // after the stack, whose address it replaces
    }

    @Override
    public Map<String, String> start() {
      try {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        return Map.of(
            "quayside.callback.kafka.\"bootstrap.servers\"", "127.0.0.1:" + server.getLocalPort());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void stop() {
      try {
        server.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** The producer does not know the topic yet, and nobody waits until it does. */
  @Test
  void callback_isAnsweredNotDurableAtOnce() throws IOException {
    long start = System.nanoTime();

    RawHttp.Reply reply = RawHttp.send(uri.getPort(), CallbackScenario.signedBy(signer).wire());

    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.headers()).containsEntry("content-type", "application/problem+json");
    assertThat(reply.text()).contains("\"reason\":\"not-durable\"");
    assertThat(System.nanoTime() - start).as("far from any timeout").isLessThan(1_000_000_000L);
    CallbackCounts.of(registry).assertConserved();
    assertThat(CallbackCounts.of(registry).published()).isZero();
  }
}
