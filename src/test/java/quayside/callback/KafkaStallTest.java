package quayside.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import quayside.LaptopStackResource;

/**
 * A real broker that stops answering for a while: every callback is accepted, every event arrives.
 */
@QuarkusTest
@QuarkusTestResource(LaptopStackResource.class)
@QuarkusTestResource(CallbackTestKeyResource.class)
class KafkaStallTest {
  private final TestSigner signer = CallbackTestKeyResource.signer();

  @TestHTTPResource URI uri;
  @Inject MeterRegistry registry;

  @AfterEach
  void goOn() {
    KafkaBroker.goOn();
  }

  @Test
  void stalledBroker_costsNoCallback() throws Exception {
    List<String> accepted = new ArrayList<>();
    accepted.add(send("before"));
    KafkaBroker.standStill();
    long start = System.nanoTime();
    accepted.add(send("first"));
    long firstAnswer = System.nanoTime() - start;
    for (int i = 0; i < 20; i++) {
      accepted.add(send("later-" + i));
    }
    double journalled = CallbackCounts.of(registry).journalled();
    KafkaBroker.goOn();

    assertThat(Duration.ofNanos(firstAnswer))
        .as("OSS hangs up after 5 s")
        .isLessThan(Duration.ofSeconds(3));
    assertThat(journalled).isEqualTo(21);
    CallbackCounts.of(registry).assertConserved();
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(KafkaBroker.published().keySet()).containsAll(accepted));
    assertThat(KafkaBroker.published()).containsEntry(accepted.get(20), "journal");
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> registry.get("quayside.journal.depth").gauge().value() == 0);
    send("after");
    assertThat(CallbackCounts.of(registry).journalled()).isEqualTo(21);
  }

  private String send(String key) throws IOException {
    RawHttp.Reply reply =
        RawHttp.send(
            uri.getPort(),
            CallbackScenario.signedBy(signer)
                .withBody("bucket=uploads&object=stall%2F" + key + "&size=1&etag=" + key)
                .wire());
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return reply.text().replaceAll(".*\"eventId\":\"([^\"]+)\".*", "$1");
  }
}
