package quayside.callback;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import quayside.LaptopStackResource;
import quayside.event.CloudEvent;
import quayside.event.ObjectUploaded;
import quayside.event.VerificationLevel;

/**
 * The whole way of a grant, on real parts: asked for over HTTP, used against the OSS stand-in,
 * which calls back, required by the edge, seen on the broker.
 */
@QuarkusTest
@TestProfile(GrantRequiredTest.Configured.class)
class GrantRequiredTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @Inject MeterRegistry registry;

  private final String key = "granted/" + UUID.randomUUID() + ".txt";

  /** The laptop's grants, each callback needing one; OSS must know the port beforehand. */
  public static class Configured implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      String port = Integer.toString(freePort());
      Map<String, String> config = new HashMap<>();
      config.put("quarkus.http.test-port", port);
      // The servers' metrics are tagged with fixed ports only, and either both are or none.
      config.put("quarkus.management.test-port", Integer.toString(freePort()));
      config.put("quayside.callback.required-level", "grant");
      config.put("quayside.grant.callback-urls", "http://127.0.0.1:" + port + "/oss/callback");
      config.put("quayside.grant.buckets.uploads.prefixes", "granted/");
      config.put("quayside.grant.keys.k1", "0123456789abcdef0123456789abcdef");
      // SHA-256 of "local", the laptop's API key
      config.put(
          "quayside.grant.api-keys.local",
          "25bf8e1a2393f1108d37029b3df5593236c755742ec93465bbafa9b290bddcf6");
      config.put("quayside.grant.oss.access-key-id", "local");
      config.put("quayside.grant.oss.access-key-secret", "local-secret");
      config.put("quayside.grant.oss.region", "cn-hangzhou");
      config.put("quayside.grant.oss.endpoint", "${quayside.oss.endpoint}");
      config.put("quayside.grant.oss.addressing", "path");
      return config;
    }

    @Override
    public List<TestResourceEntry> testResources() {
      return List.of(
          new TestResourceEntry(LaptopStackResource.class),
          new TestResourceEntry(CallbackTestKeyResource.class));
    }

    private static int freePort() {
      try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @AfterEach
  void everyCallbackIsCountedOnce() {
    CallbackCounts.of(registry).assertConserved();
  }

  @Test
  void formUpload_isAnEventOfLevelGrant() {
    JsonPath grant = grant("post");
    RequestSpecification form = given().redirects().follow(false);
    grant.<String, String>getMap("fields").forEach(form::multiPart);

    Response answer =
        form.multiPart("file", "cat.txt", "hello".getBytes(StandardCharsets.UTF_8), "text/plain")
            .post(grant.getString("url"));

    assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
    assertGranted(answer.jsonPath().getString("eventId"), grant);
  }

  @Test
  void presignedUpload_isAnEventOfLevelGrantAndTheUrlServesOnce() throws Exception {
    JsonPath grant = grant("put");

    HttpResponse<String> first = put(grant);
    HttpResponse<String> second = put(grant);

    assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
    assertGranted(JsonPath.from(first.body()).getString("eventId"), grant);
    assertThat(second.statusCode()).as(second.body()).isEqualTo(203);
    assertThat(CallbackCounts.of(registry, RefusalReason.GRANT_REPLAYED)).isEqualTo(1);
  }

  /** Signed like any other, so by the signature alone it would be believed. */
  @Test
  void callbackWithoutAGrant_isRefused() {
    CallbackScenario callback = CallbackScenario.signedBy(CallbackTestKeyResource.signer());

    RawHttp.Reply reply = RawHttp.send(RestAssured.port, callback.wire());

    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.text()).contains("\"reason\":\"grant-required\"");
  }

  private JsonPath grant(String method) {
    return given()
        .header("X-Api-Key", "local")
        .contentType("application/json")
        .body(
            """
            {"bucket": "uploads", "key": "%s", "contentTypes": ["text/plain"], "maxSize": 5,
             "subject": "alice", "variables": {"album": "7"}, "method": "%s"}
            """
                .formatted(key, method))
        .post("/api/grants")
        .then()
        .statusCode(200)
        .extract()
        .jsonPath();
  }

  private static HttpResponse<String> put(JsonPath grant) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(grant.getString("url")))
            .PUT(BodyPublishers.ofString("hello"));
    grant.<String, String>getMap("headers").forEach(request::header);
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }

  private void assertGranted(String eventId, JsonPath grant) {
    String broker = LaptopStackResource.running().getProperty("kafka.bootstrap.servers");
    List<ConsumerRecord<String, byte[]>> records = PublishedEvents.withId(broker, eventId);
    assertThat(records).hasSize(1);
    CloudEvent<ObjectUploaded> event = PublishedEvents.read(records.getFirst());
    assertThat(event.partitionKey()).isEqualTo("uploads/" + key);
    assertThat(event.data().variables()).containsExactly(Map.entry("x:album", "7"));
    assertThat(event.data().fields()).isEmpty();
    ObjectUploaded.Verification verification = event.data().verification();
    assertThat(verification.level()).isEqualTo(VerificationLevel.GRANT);
    assertThat(verification.grantId()).isEqualTo(grant.getString("id"));
    assertThat(verification.subject()).isEqualTo("alice");
    assertThat(new String(records.getFirst().value(), StandardCharsets.UTF_8))
        .doesNotContain("q1.k1.");
  }
}
