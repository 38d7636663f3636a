package quayside.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.aliyun.sdk.service.oss2.OSSClient;
import com.aliyun.sdk.service.oss2.credentials.StaticCredentialsProvider;
import com.aliyun.sdk.service.oss2.models.PutObjectRequest;
import com.aliyun.sdk.service.oss2.transport.BinaryData;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import quayside.LaptopStackResource;

/** What an operator sees of a callback: one trace from edge to sinks, and JSON lines in the log. */
@QuarkusTest
@TestProfile(TelemetryTest.Watched.class)
class TelemetryTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Path LOG = Path.of("target/telemetry-test/log.json");
  private static final String UPLOADED = "oss.object.uploaded.v1";
  private static final String THUMBNAILED = "oss.object.thumbnailed.v1";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final TestSigner signer = CallbackTestKeyResource.signer();
  private final String folder = "telemetry-" + UUID.randomUUID() + "/";

  @TestHTTPResource URI uri;
  @Inject RecordedSpans spans;

  /** Every trace is sampled, every line of ours is logged but those of trace level. */
  public static final class Watched implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "quarkus.otel.traces.sampler.arg",
          "1.0",
          "quarkus.otel.traces.exporter",
          "none",
          "quarkus.log.file.enabled",
          "true",
          "quarkus.log.file.path",
          LOG.toString(),
          "quarkus.log.json.file.enabled",
          "true",
          "quarkus.log.category.\"quayside\".level",
          "DEBUG",
          "quayside.grant.keys.k1",
          "0123456789abcdef0123456789abcdef");
    }

    @Override
    public Set<Class<?>> getEnabledAlternatives() {
      return Set.of(RecordedSpans.class);
    }

    @Override
    public List<TestResourceEntry> testResources() {
      return List.of(
          new TestResourceEntry(LaptopStackResource.class),
          new TestResourceEntry(CallbackTestKeyResource.class));
    }
  }

  @Test
  void callersTrace_goesThroughKafkaToEverySinkAndOn() throws Exception {
    String traceId = "0af7651916cd43dd8448eb211c80319c";
    CallbackScenario callback =
        upload("traced.png", picture())
            .withHeader("traceparent", "00-" + traceId + "-b7ad6b7169203331-01")
            .withHeader("tracestate", "vendor=1");

    String eventId = accept(callback);

    assertThat(tracesOf(UPLOADED, eventId)).containsExactly(traceId);
    assertWholeWay(traceId);
    // At least once, as the contract has it.
    assertThat(tracesOf(THUMBNAILED, eventId + "-thumbnails")).containsOnly(traceId);
    SpanData edge = spans.of(traceId).stream().filter(this::isEdge).findFirst().orElseThrow();
    assertThat(edge.getParentSpanId()).isEqualTo("b7ad6b7169203331");
  }

  /** OSS sends no trace context: the trace begins here. */
  @Test
  void callbackWithoutTrace_beginsOne() throws Exception {
    String eventId = accept(upload("untraced.png", picture()));

    List<String> traces = tracesOf(UPLOADED, eventId);
    assertThat(traces).hasSize(1);
    String traceId = traces.getFirst();
    assertThat(traceId).matches("[0-9a-f]{32}").isNotEqualTo("0".repeat(32));
    assertWholeWay(traceId);
    assertThat(tracesOf(THUMBNAILED, eventId + "-thumbnails")).containsOnly(traceId);
  }

  /** From the complaint to the record: the line has everything, and the trace of the callback. */
  @Test
  void deadLetter_isLoggedWithItsTraceAndCoordinates() throws Exception {
    String traceId = "4bf92f3577b34da6a3ce929d0e0e4736";
    byte[] broken = "no picture".getBytes(StandardCharsets.UTF_8);
    accept(
        upload("broken.png", broken)
            .withHeader("traceparent", "00-" + traceId + "-00f067aa0ba902b7-01"));

    JsonNode line = awaitLine("set aside", "traceId", traceId);

    assertThat(line.path("level").asText()).isEqualTo("WARN");
    assertThat(line.path("sink").asText()).isEqualTo("thumbnail");
    assertThat(line.path("group").asText()).isEqualTo("quayside-thumbnail");
    assertThat(line.path("topic").asText()).isEqualTo(UPLOADED);
    assertThat(line.path("partition").isNumber()).isTrue();
    assertThat(line.path("offset").isNumber()).isTrue();
    assertThat(line.path("reason").asText()).isEqualTo("image-unsupported");
    assertThat(line.path("spanId").asText()).matches("[0-9a-f]{16}");
    // The span ends after its dead letter.
    await()
        .atMost(LIMIT)
        .untilAsserted(() ->
            assertThat(spans.of(traceId))
                .filteredOn(span -> span.getSpanId().equals(line.path("spanId").asText()))
                .extracting(SpanData::getName)
                .containsExactly("process " + UPLOADED));
  }

  @Test
  void refusal_isOneLineWithFieldsAndTrace() throws Exception {
    String traceId = "1bf92f3577b34da6a3ce929d0e0e4736";
    CallbackScenario forged =
        CallbackScenario.signedBy(signer)
            .withSignature(new byte[64])
            .withHeader("traceparent", "00-" + traceId + "-00f067aa0ba902b7-00");

    assertThat(RawHttp.send(uri.getPort(), forged.wire()).status()).isEqualTo(403);

    JsonNode line = awaitLine("callback refused", "traceId", traceId);
    assertThat(line.path("reason").asText()).isEqualTo("signature-mismatch");
    assertThat(line.path("clientAddress").asText()).isEqualTo("127.0.0.1");
    assertThat(line.path("requestId").asText()).isEqualTo("5CF3E7821AB22D0FDB86704D");
    assertThat(line.path("bucket").asText()).isEqualTo("uploads");
    assertThat(line.path("loggerName").asText()).startsWith("quayside.callback");
  }

  /** A key with a line break is legal in OSS; in the log it must stay one field of one line. */
  @Test
  void hostileText_staysInItsField() throws Exception {
    String id = "5CF3E7821AB22D0FDB86" + UUID.randomUUID().toString().substring(0, 4).toUpperCase();
    String key = folder + "a\n{\"level\":\"FATAL\"} reason=forged\u001b[2J\u202e" + "x".repeat(700);
    accept(
        CallbackScenario.signedBy(signer)
            .withBody(
                "bucket=uploads&mimeType=text/plain&size=1&etag=e&reqId="
                    + id
                    + "&object="
                    + URLEncoder.encode(key, StandardCharsets.UTF_8)));

    JsonNode line = awaitLine("no thumbnails", "eventId", id);

    assertThat(line.path("objectKey").asText())
        .startsWith(folder + "a?{\"level\":\"FATAL\"} reason=forged?[2J?xxx");
    assertThat(line.path("level").asText()).isEqualTo("DEBUG");
    assertThat(line.path("reason").asText()).isNotEqualTo("forged");
  }

  @Test
  void stormOfCallbacks_leavesNoSecretInTheLog() throws Exception {
    String marker = "M" + UUID.randomUUID().toString().replace("-", "");
    String token = new TestGrants(Clock.systemUTC()).token();
    String body = "bucket=uploads&object=" + marker + "&size=5&mimeType=text/plain&grant=";
    List<String> secrets = new ArrayList<>(List.of(marker, token.substring(token.length() - 20)));
    for (CallbackScenario callback :
        List.of(
            CallbackScenario.signedBy(signer).withBody(body + token),
            CallbackScenario.signedBy(signer).withBody("x:" + marker + "=1&object=a%2Fb.txt"),
            CallbackScenario.signedBy(signer).withBody(body + token + "x"),
            CallbackScenario.signedBy(signer).withBody("{\"" + marker + "\":").withHeader("a", "b"),
            CallbackScenario.signedBy(signer).tamperedBody((body + token).getBytes()),
            CallbackScenario.signedBy(signer).tamperedTarget("/oss/callback?" + marker),
            CallbackScenario.signedBy(signer).tamperedTarget("/" + marker),
            CallbackScenario.signedBy(signer).tamperedTarget("/oss/callback/%2F" + marker),
            CallbackScenario.signedBy(signer).withKeyUrl("https://" + marker),
            CallbackScenario.signedBy(signer).withHeader("x-oss-pub-key-url", marker + "!"),
            CallbackScenario.signedBy(signer).withHeader("Authorization", marker + "!"),
            CallbackScenario.signedBy(signer).withAdditionalHeader("Authorization", marker),
            CallbackScenario.signedBy(signer).withHeader("x-oss-signature-version", marker),
            CallbackScenario.signedBy(signer).withSignature(marker.getBytes()),
            CallbackScenario.signedBy(signer)
                .withSignature(new byte[64])
                .withHeader("x-oss-request-id", marker.repeat(300)),
            CallbackScenario.signedBy(signer)
                .withSignature(new byte[64])
                .withHeader("x-oss-bucket", marker + " reason=accepted"),
            CallbackScenario.signedBy(signer)
                .withSignature(new byte[64])
                .withHeader("traceparent", marker))) {
      secrets.add(Base64.getEncoder().encodeToString(callback.signature()));
      for (int i = 0; i < 20; i++) {
        RawHttp.send(uri.getPort(), callback.wire());
      }
    }
    String last = "2bf92f3577b34da6a3ce929d0e0e4736";
    RawHttp.send(
        uri.getPort(),
        CallbackScenario.signedBy(signer)
            .withSignature(new byte[64])
            .withHeader("traceparent", "00-" + last + "-00f067aa0ba902b7-00")
            .wire());
    awaitLine("callback refused", "traceId", last);

    for (String line : Files.readAllLines(LOG)) {
      assertThat(line.length()).as(line).isLessThan(20_000);
      JsonNode parsed = JSON.readTree(line);
      // Whose object has a marker for a name is said of it by the sinks.
      if (!parsed.path("objectKey").asText().equals(marker)) {
        assertThat(line).doesNotContain(secrets);
      }
    }
  }

  private void assertWholeWay(String traceId) {
    await()
        .atMost(LIMIT)
        .untilAsserted(() ->
            assertThat(sinks(traceId))
                .containsExactlyInAnyOrder(
                    "catalog process " + UPLOADED,
                    "search-uploaded process " + UPLOADED,
                    "thumbnail process " + UPLOADED,
                    "catalog-thumbnails process " + THUMBNAILED,
                    "search-thumbnailed process " + THUMBNAILED));
    assertThat(spans.of(traceId)).filteredOn(this::isEdge).hasSize(1);
    assertThat(spans.of(traceId))
        .filteredOn(span -> span.getKind() == SpanKind.PRODUCER)
        .extracting(SpanData::getName)
        .contains(UPLOADED + " publish", THUMBNAILED + " publish");
  }

  private boolean isEdge(SpanData span) {
    return span.getKind() == SpanKind.SERVER;
  }

  private Set<String> sinks(String traceId) {
    return spans.of(traceId).stream()
        .filter(span -> span.getName().startsWith("process "))
        .map(span ->
            span.getAttributes()
                    .get(io.opentelemetry.api.common.AttributeKey.stringKey("quayside.sink"))
                + " "
                + span.getName())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Stores an object and gives the callback of its upload. */
  private CallbackScenario upload(String name, byte[] content) throws Exception {
    try (OSSClient oss =
        OSSClient.newBuilder()
            .endpoint(LaptopStackResource.running().getProperty("oss.endpoint"))
            .region("cn-hangzhou")
            .credentialsProvider(new StaticCredentialsProvider("local", "local-secret"))
            .usePathStyle(true)
            .build()) {
      String etag =
          oss.putObject(
                  PutObjectRequest.newBuilder()
                      .bucket("uploads")
                      .key(folder + name)
                      .contentType("image/png")
                      .body(BinaryData.fromBytes(content))
                      .build())
              .eTag()
              .replace("\"", "");
      return CallbackScenario.signedBy(signer)
          .withBody(
              "bucket=uploads&object=%s&etag=%s&size=%d&mimeType=image/png"
                  .formatted(folder + name, etag, content.length));
    }
  }

  private String accept(CallbackScenario callback) throws IOException {
    RawHttp.Reply reply = RawHttp.send(uri.getPort(), callback.wire());
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return JSON.readTree(reply.body()).path("eventId").asText();
  }

  /** The trace of each record of an event; waits for the first. */
  private static List<String> tracesOf(String topic, String eventId) {
    String servers = LaptopStackResource.running().getProperty("kafka.bootstrap.servers");
    return await()
        .atMost(LIMIT)
        .until(() -> PublishedEvents.withId(servers, topic, eventId), list -> !list.isEmpty())
        .stream()
        .map(TelemetryTest::traceOf)
        .toList();
  }

  private static String traceOf(ConsumerRecord<String, byte[]> record) {
    String traceparent = PublishedEvents.header(record, "traceparent");
    assertThat(traceparent).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01");
    return traceparent.substring(3, 35);
  }

  private static JsonNode awaitLine(String message, String field, String value) {
    return await()
        .atMost(LIMIT)
        .until(() -> lines(message, field, value), list -> list.size() == 1)
        .getFirst();
  }

  private static List<JsonNode> lines(String message, String field, String value)
      throws IOException {
    try (Stream<String> lines = Files.lines(LOG)) {
      List<JsonNode> found = new ArrayList<>();
      for (String line : lines.filter(line -> line.contains(value)).toList()) {
        JsonNode json = JSON.readTree(line);
        if (json.path("message").asText().startsWith(message)
            && json.path(field).asText().equals(value)) {
          found.add(json);
        }
      }
      return found;
    }
  }

  private static byte[] picture() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB), "png", out);
    return out.toByteArray();
  }
}
