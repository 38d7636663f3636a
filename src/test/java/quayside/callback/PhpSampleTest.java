package quayside.callback;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;
import quayside.event.EventOracle;
import quayside.event.TestWriters;
import quayside.role.Roles;

/**
 * What the callback of OSS's own PHP sample becomes: by the real edge, as far as Kafka's client,
 * but that it names OSS's key, with which nobody here can sign. It is what the codec is measured
 * with, and says how large an ordinary record is.
 */
class PhpSampleTest {
  private static final Path MEASURED =
      Path.of("deploy/bench/src/main/resources/quayside/bench/codec/php-sample.json");

  /** What a record may cost on Kafka, on disks and on the network, a million times a day. */
  private static final int MAX_BYTES = 1_536;

  private static final String KEY_URL = "https://gosspublic.alicdn.com/callback_pub_key_v1.pem";
  private static final TestSigner SIGNER = TestSigner.generate();
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-22T10:00:00.123456Z"), ZoneOffset.UTC);
  private static final JsonMapper MAPPER = new JsonMapper();

  /** As OSS writes it: values are encoded, the text of the template is not. */
  private static final String BODY =
      "bucket=examplebucket&object=exampledir%2Fexample.jpg&etag=5D41402ABC4B2A76B9719D911017C592"
          + "&size=108904&mimeType=image%2Fjpeg"
          + "&imageInfo.height=3024&imageInfo.width=4032&imageInfo.format=jpg"
          + "&my_var1=value1&my_var2=%E5%80%BC2";

  @Test
  void record_isSmall() throws Exception {
    ProducerRecord<String, byte[]> record = published();

    int size = record.key().getBytes(UTF_8).length + record.value().length;
    for (Header header : record.headers()) {
      size += header.key().getBytes(UTF_8).length + header.value().length;
    }

    assertThat(record.headers().lastHeader("traceparent")).isNotNull();
    assertThat(size).as("key, headers and value in bytes").isLessThan(MAX_BYTES);
  }

  @Test
  void record_keepsToTheContract() throws Exception {
    ProducerRecord<String, byte[]> record = published();

    assertThat(EventOracle.findings(record.topic(), record.key(), record.headers(), record.value()))
        .isEmpty();
    assertThat(MAPPER.readTree(record.value()).at("/fields/my_var2").asText()).isEqualTo("值2");
  }

  @Test
  void record_isTheOneThatIsMeasured() throws Exception {
    ProducerRecord<String, byte[]> record = published();
    ObjectNode shown = MAPPER.createObjectNode();
    shown.put("key", record.key());
    ObjectNode headers = shown.putObject("headers");
    record
        .headers()
        .forEach(header -> headers.put(header.key(), new String(header.value(), UTF_8)));
    shown.set("value", MAPPER.readTree(record.value()));

    JsonNode measured = MAPPER.readTree(MEASURED.toFile());

    assertThat(shown.toPrettyString()).isEqualTo(measured.toPrettyString());
    assertThat(MAPPER.writeValueAsBytes(measured.get("value"))).isEqualTo(record.value());
  }

  private static ProducerRecord<String, byte[]> published() throws Exception {
    SpanContext trace =
        SpanContext.create(
            "0af7651916cd43dd8448eb211c80319c",
            "b7ad6b7169203331",
            TraceFlags.getDefault(),
            TraceState.getDefault());
    try (MockProducer<String, byte[]> kafka = ObjectUploadedPublisherTest.producer(true);
        Scope scope = Context.root().with(Span.wrap(trace)).makeCurrent()) {
      assertThat(scope).isNotNull();
      UnverifiedCallback callback =
          CallbackScenario.signedBy(SIGNER)
              .withKeyUrl(KEY_URL)
              .withHeader("x-oss-bucket", "examplebucket")
              .withBody(BODY)
              .unverified();

      Answer answer =
          intake(kafka).receive(callback, TestDeadlines.ample(), ClientAddress.UNKNOWN).join();

      assertThat(answer.status()).isEqualTo(200);
      return kafka.history().getFirst();
    }
  }

  private static CallbackIntake intake(MockProducer<String, byte[]> kafka) throws Exception {
    CallbackConfig config = TestConfig.of();
    TopicsConfig topics = ObjectUploadedPublisherTest.topics();
    ObjectUploadedPublisher publisher =
        new ObjectUploadedPublisher(
            new EventProducer(CompletableFuture.completedFuture(kafka)),
            new PublishTrace(OpenTelemetry.noop(), topics),
            topics,
            config,
            TestConfig.journal("quayside.journal.enabled", "false"));
    publisher.connect(null, Roles.all());
    return new CallbackIntake(
        config,
        FuzzedIntake.credulous(SIGNER),
        new TestGrants(CLOCK).check(config.requiredLevel()),
        new ObjectUploadedFactory(config, CLOCK),
        TestConfig.rules(config, new SimpleMeterRegistry()),
        new UploadWriter(new Redaction(config), TestWriters.binary()),
        publisher,
        new CallbackMetrics(new SimpleMeterRegistry()));
  }
}
