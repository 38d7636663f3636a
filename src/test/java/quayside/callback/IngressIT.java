package quayside.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import quayside.DebianTool;

/**
 * The ingress seen from outside, whatever it is made of: that a native executable accepts, refuses,
 * publishes and tells what the JVM does. How it ends and what becomes of the journal is in {@link
 * RestartIT}, what it bears in {@link ManyConnectionsIT}.
 */
@TestInstance(Lifecycle.PER_CLASS)
class IngressIT {
  private static final int MAX_BODY_SIZE = 64 * 1024;
  private static final String API_KEY = "0123456789abcdef0123456789abcdef";
  private static final String API_KEY_SHA256 =
      "3eb1bd439947eb762998e566ccc2e099c791118b2f40579cc4f7da2b5061b7f9";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final TestSigner signer = CallbackTestKeyResource.signer();
  private final HttpClient http = HttpClient.newHttpClient();
  private IngressProcess ingress;

  @BeforeAll
  void start(@TempDir Path directory) {
    ingress =
        IngressProcess.start(
            directory.resolve("journal"),
            Map.ofEntries(
                Map.entry(
                    "quayside.callback.paths",
                    "/oss/callback,/,/index.php,/api/any,/api/AliYunOssCallback,/temp/oss/index.php"),
                Map.entry("quayside.callback.max-body-size", Integer.toString(MAX_BODY_SIZE)),
                Map.entry("quayside.callback.kafka.\"compression.type\"", "gzip"),
                Map.entry("quayside.grant.api-keys.backend", API_KEY_SHA256),
                Map.entry("quayside.grant.buckets.photos.prefixes", "*"),
                Map.entry("quayside.grant.keys.k1", "0123456789abcdef0123456789abcdef"),
                Map.entry("quayside.grant.callback-urls", "https://app.example.com/oss/callback"),
                Map.entry("quayside.grant.oss.access-key-id", "ak"),
                Map.entry("quayside.grant.oss.access-key-secret", "sk"),
                Map.entry("quayside.grant.oss.region", "cn-hangzhou"),
                Map.entry("quayside.grant.oss.endpoint", "https://oss-cn-hangzhou.aliyuncs.com")));
    ingress.awaitReady();
  }

  @AfterAll
  void stop() {
    ingress.close();
  }

  @Test
  void realCallbacks_areAcceptedAndPublished() throws IOException {
    List<String> ids = new ArrayList<>();
    for (Vector vector : Vector.accepted()) {
      RawHttp.Reply reply = send(vector.wire());
      assertThat(reply.status()).as(vector.name()).isEqualTo(200);
      ids.add(JSON.readTree(reply.body()).path("eventId").asText());
    }

    assertThat(ids).hasSizeGreaterThanOrEqualTo(5);
    await()
        .untilAsserted(
            () -> assertThat(KafkaBroker.published()).containsKeys(ids.toArray(String[]::new)));
  }

  @Test
  void mistakesOfReceiversAndAmbiguousTargets_areRefused() throws IOException {
    for (Vector vector : Vector.mistakes()) {
      assertRefused(send(vector.wire()), 403, "signature-mismatch");
    }
    for (Vector vector : Vector.ambiguous()) {
      assertRefused(send(vector.wire()), 400, "target-ambiguous");
    }
  }

  @Test
  void whatIsNoCallback_isRefusedWithItsReason() throws IOException {
    CallbackScenario good = CallbackScenario.signedBy(signer);

    assertRefused(send(good.wire("GET", "HTTP/1.1")), 405, "method-not-allowed");
    assertRefused(
        send(CallbackScenario.signedBy(signer).withoutHeader("Authorization").wire()),
        400,
        "authorization-missing");
    assertRefused(
        send(CallbackScenario.signedBy(signer).withKeyUrl("http://evil.example/k.pem").wire()),
        403,
        "key-unknown");
  }

  @Test
  void whatIsTooLarge_isRefused() throws IOException {
    byte[] body = ("bucket=uploads&object=" + "o".repeat(MAX_BODY_SIZE)).getBytes();
    assertRefused(
        send(CallbackScenario.signedBy(signer).withBody(body).wire()), 413, "body-too-large");
    assertThat(
            send(CallbackScenario.signedBy(signer).withHeader("X-Large", "x".repeat(20_000)).wire())
                .status())
        .isEqualTo(431);
  }

  /** What its event says is what Jackson writes, by reflection where there is a JVM. */
  @Test
  void publishedEvent_hasItsData() throws IOException {
    RawHttp.Reply reply =
        send(
            CallbackScenario.signedBy(signer)
                .withBody(
                    "bucket=uploads&object=ingress-it.jpg&size=7&mimeType=image%2Fjpeg&imageInfo.height=2"
                        + "&imageInfo.width=3&imageInfo.format=jpg&x:album=summer&reqId=5CF3E7821AB22D0E00000001")
                .wire());
    assertThat(reply.status()).isEqualTo(200);

    List<String> values = new ArrayList<>();
    await()
        .untilAsserted(() -> {
          values.addAll(KafkaBroker.values("5CF3E7821AB22D0E00000001"));
          assertThat(values).isNotEmpty();
        });
    JsonNode data = JSON.readTree(values.getFirst());
    assertThat(data.path("size").asLong()).isEqualTo(7);
    assertThat(data.at("/image/width").asInt()).isEqualTo(3);
    assertThat(data.at("/variables/x:album").asText()).isEqualTo("summer");
    assertThat(data.at("/verification/level").asText()).isEqualTo("signature");
  }

  @Test
  void grant_isIssuedToWhoMayAsk() throws IOException {
    HttpResponse<String> issued = askForGrant("{\"key\": \"a.png\"}", "X-Api-Key", API_KEY);

    assertThat(issued.statusCode()).as(issued.body()).isEqualTo(200);
    JsonNode grant = JSON.readTree(issued.body());
    assertThat(grant.path("url").asText()).startsWith("https://photos.oss-cn-hangzhou");
    assertThat(grant.at("/fields/policy").asText()).isNotEmpty();
  }

  @Test
  void grant_isRefusedAsAProblemDocument() throws IOException {
    HttpResponse<String> anonymous = askForGrant("{\"key\": \"a.png\"}", "X-Nothing", "1");
    HttpResponse<String> unreadable = askForGrant("{\"key\": 7,", "X-Api-Key", API_KEY);

    assertThat(anonymous.statusCode()).isEqualTo(401);
    assertThat(JSON.readTree(anonymous.body()).path("reason").asText())
        .isEqualTo("unauthenticated");
    assertThat(unreadable.statusCode()).isEqualTo(400);
    assertThat(JSON.readTree(unreadable.body()).path("title").asText()).isNotEmpty();
  }

  @Test
  void healthAndDescription_areServed() throws IOException {
    for (String check : List.of("live", "ready", "started")) {
      HttpResponse<String> health = ingress.get("/q/health/" + check);
      assertThat(health.statusCode()).as(check).isEqualTo(200);
      assertThat(JSON.readTree(health.body()).path("status").asText()).isEqualTo("UP");
    }
    assertThat(get("http://127.0.0.1:" + ingress.port() + "/q/openapi").body())
        .contains("/api/grants");
  }

  /** Dashboards and alerts rest on these names. */
  @Test
  void metrics_areExported() throws IOException {
    send(CallbackScenario.signedBy(signer).wire());

    assertThat(ingress.get("/q/metrics").body())
        .contains(
            "quayside_callback_received_total",
            "quayside_callback_published_total",
            "quayside_callback_refused_total{",
            "quayside_callback_failed_total{",
            "quayside_callback_in_flight",
            "quayside_callback_answer_seconds",
            "quayside_journal_depth",
            "quayside_journal_appended_total",
            "quayside_journal_limit_bytes",
            "quayside_journal_free_bytes",
            // What the autoscaler asks for.
            "http_server_connections_seconds_active_count",
            "quayside_grant_issued_total",
            "quayside_connection_ended_total",
            "kafka_producer_",
            "process_",
            "jvm_");
  }

  /** What the health check of an image runs. */
  @Test
  void healthCommand_tellsWhetherTheServiceIsWell() {
    String management = "http://127.0.0.1:" + ingress.managementPort();

    assertThat(run("health", "--management", management).exitCode()).isZero();
    DebianTool.Result nobody = run("health", "--management", "http://127.0.0.1:1");
    assertThat(nobody.exitCode()).isEqualTo(1);
    assertThat(nobody.output()).contains("http://127.0.0.1:1");
  }

  @Test
  void commands_explainAndHelp() {
    DebianTool.Result explained =
        run("explain", "--json", "src/test/resources/vectors/docs-index-php.json");

    assertThat(explained.output()).contains("\"verdict\"");
    assertThat(explained.exitCode()).isZero();
    assertThat(run("redrive", "--help").output()).contains("--dry-run");
    assertThat(run("doctor", "--help").output()).contains("--kafka-config");
  }

  private static DebianTool.Result run(String... arguments) {
    return DebianTool.run(IngressBinary.command(List.of(), List.of(arguments)));
  }

  private RawHttp.Reply send(byte[] wire) {
    return RawHttp.send(ingress.port(), wire);
  }

  private static void assertRefused(RawHttp.Reply reply, int status, String reason)
      throws IOException {
    assertThat(JSON.readTree(reply.body()).path("reason").asText()).isEqualTo(reason);
    assertThat(reply.status()).as(reason).isEqualTo(status);
  }

  private HttpResponse<String> askForGrant(String body, String header, String value)
      throws IOException {
    return exchange(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + ingress.port() + "/api/grants"))
            .header("Content-Type", "application/json")
            .header(header, value)
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private HttpResponse<String> get(String uri) throws IOException {
    return exchange(HttpRequest.newBuilder(URI.create(uri)));
  }

  private HttpResponse<String> exchange(HttpRequest.Builder request) throws IOException {
    try {
      return http.send(
          request.timeout(Duration.ofSeconds(20)).build(), HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
