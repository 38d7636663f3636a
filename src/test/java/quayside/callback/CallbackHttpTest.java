package quayside.callback;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import quayside.LaptopStackResource;
import quayside.event.CloudEvent;
import quayside.event.ObjectUploaded;

/**
 * Good callbacks over HTTP, as raw bytes on a socket, to the real service with a real broker behind
 * it.
 */
@QuarkusTest
@TestProfile(CallbackHttpProfile.class)
class CallbackHttpTest {
  private final TestSigner signer = CallbackTestKeyResource.signer();

  @TestHTTPResource URI uri;
  @Inject MeterRegistry registry;
  private CallbackCounts before;

  static List<Vector> vectors() {
    return Vector.accepted();
  }

  @BeforeEach
  void count() {
    before = CallbackCounts.of(registry);
  }

  @AfterEach
  void everyCallbackIsCountedOnce() {
    CallbackCounts.of(registry).assertConserved();
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void realCallback_isAcceptedAndPublished(Vector vector) {
    RawHttp.Reply reply = RawHttp.send(uri.getPort(), vector.wire());

    assertPublished(reply);
  }

  @Test
  void publishedEvent_isTheCloudEventOfTheCallback() {
    byte[] wire =
        CallbackScenario.signedBy(signer)
            .withBody(
                "bucket=uploads&object=caf%C3%A9%2F%E7%85%A7%20a%2Bb.jpg&size=108904&etag=5d41402abc4b2a76b9719d911017c592"
                    + "&mimeType=image%2Fjpeg&imageInfo.height=278&imageInfo.width=200&imageInfo.format=jpg"
                    + "&crc64=18446744073709551615&reqId=5CF3E7821AB22D0FDB86704E&x:user=42&album=summer")
            .wire();

    String id = assertPublished(RawHttp.send(uri.getPort(), wire));

    assertThat(id).isEqualTo("5CF3E7821AB22D0FDB86704E");
    ConsumerRecord<String, byte[]> record = onlyRecord(id);
    assertThat(record.key()).isEqualTo("uploads/café/照 a+b.jpg");
    assertThat(PublishedEvents.header(record, "ce_type"))
        .isEqualTo("io.quayside.object.uploaded.v1");
    assertThat(PublishedEvents.header(record, "content-type")).isEqualTo("application/json");
    assertThat(PublishedEvents.header(record, "traceparent"))
        .as("W3C trace context")
        .matches("00-[0-9a-f]{32}-.*");
    CloudEvent<ObjectUploaded> event = PublishedEvents.read(record);
    assertThat(event.source()).isEqualTo("acs:oss:-:1050784833268046:uploads");
    assertThat(event.subject()).isEqualTo("café/照 a+b.jpg");
    assertThat(event.data().crc64()).isEqualTo("18446744073709551615");
    assertThat(event.data().image()).isEqualTo(new ObjectUploaded.Image(200, 278, "jpg"));
    assertThat(event.data().variables()).containsExactly(Map.entry("x:user", "42"));
    assertThat(event.data().fields()).containsExactly(Map.entry("album", "summer"));
    assertThat(event.data().verification().keyUrl()).isEqualTo(TestSigner.URL);
  }

  /** Subscribers can tie the event to the caller's request, whether or not anybody samples. */
  @Test
  void callersTrace_isCarriedOnThoughNothingIsSampled() {
    String traceId = "0af7651916cd43dd8448eb211c80319c";
    CallbackScenario callback =
        CallbackScenario.signedBy(signer)
            .withBody("bucket=uploads&object=traced.txt&reqId=5CF3E7821AB22D0FDB867060")
            .withHeader("traceparent", "00-" + traceId + "-b7ad6b7169203331-01");

    String id = assertPublished(RawHttp.send(uri.getPort(), callback.wire()));

    assertThat(PublishedEvents.header(onlyRecord(id), "traceparent"))
        .as("a caller cannot make us sample")
        .matches("00-" + traceId + "-[0-9a-f]{16}-00");
  }

  /**
   * OSS tries several URLs and replays happen: two callbacks of one upload are two records of one
   * identity.
   */
  @Test
  void sameCallbackTwice_hasOneIdAndRisingSequence() {
    byte[] wire =
        CallbackScenario.signedBy(signer).withBody("bucket=uploads&object=twice.txt").wire();

    String first = assertPublished(RawHttp.send(uri.getPort(), wire));
    String second = assertPublished(RawHttp.send(uri.getPort(), wire));

    assertThat(second).isEqualTo(first).startsWith("sha256-");
    List<Long> sequences =
        records(first).stream().map(record -> PublishedEvents.read(record).sequence()).toList();
    assertThat(sequences).hasSize(2).doesNotHaveDuplicates();
  }

  @Test
  void callbackThatBreaksARule_isMarkedOrRefusedAsConfigured() {
    CallbackScenario callback = CallbackScenario.signedBy(signer);
    String tooLarge =
        "bucket=ruled-bucket&object=photos%2Fa&size=1025&reqId=5CF3E7821AB22D0FDB867051";

    String id = assertPublished(RawHttp.send(uri.getPort(), callback.withBody(tooLarge).wire()));
    RawHttp.Reply refused =
        RawHttp.send(
            uri.getPort(), callback.withBody("bucket=ruled-bucket&object=docs%2Fa&size=1").wire());

    assertThat(PublishedEvents.read(onlyRecord(id)).data().verification().violations())
        .containsExactly("size-not-allowed");
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.text()).contains("\"reason\":\"key-not-allowed\"");
  }

  /** The documentation's own samples have no object in the body. */
  @Test
  void callbackWithoutObject_isAcknowledgedAndPublishedWithNull() {
    byte[] wire =
        CallbackScenario.signedBy(signer)
            .withBody(
                "{\"mimeType\":\"image/png\",\"size\":7,\"reqId\":\"5CF3E7821AB22D0FDB867050\"}")
            .wire();

    String id = assertPublished(RawHttp.send(uri.getPort(), wire));

    CloudEvent<ObjectUploaded> event = PublishedEvents.read(onlyRecord(id));
    assertThat(event.data().key()).isNull();
    assertThat(event.data().bucket()).as("from x-oss-bucket").isEqualTo("uploads");
    assertThat(event.partitionKey()).isNull();
    assertThat(onlyRecord(id).key()).isNull();
  }

  /** Content-Type is not signed: frameworks that parse by it change or lose the body. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/x-www-form-urlencoded",
        "application/json",
        "text/plain",
        "garbage",
        "multipart/form-data",
        ""
      })
  void anyContentType_leavesTheBodyUntouched(String contentType) {
    CallbackScenario callback =
        CallbackScenario.signedBy(signer).withBody("{\"object\":\"a b%2Fc+d\", \"size\": 1}");

    assertPublished(
        RawHttp.send(uri.getPort(), callback.withHeader("Content-Type", contentType).wire()));
  }

  @Test
  void noContentType_isAccepted() {
    assertPublished(
        RawHttp.send(
            uri.getPort(), CallbackScenario.signedBy(signer).withoutHeader("Content-Type").wire()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/oss/callback?a=%2F&b=+&c=%zz&b",
        "/oss/callback?{raw}|\"quoted\"^`<>[]\\",
        "/oss/callback?x=http://h/p?y=1",
        "/oss/any/sub/path",
        "/oss/any//double/../dots/./a+b;c=d,e",
        "/?root=1"
      })
  void rawTarget_isVerifiedAsReceived(String target) {
    assertPublished(
        RawHttp.send(uri.getPort(), CallbackScenario.signedBy(signer).withTarget(target).wire()));
  }

  /** Percent escapes of the path are decoded once, a plus sign is none. */
  @Test
  void escapedPath_isSignedDecoded() {
    CallbackScenario callback =
        CallbackScenario.signedBy(signer)
            .withTarget("/oss/any/%E7%85%A7%2525+x?q=%41", "/oss/any/照%25+x");

    assertPublished(RawHttp.send(uri.getPort(), callback.wire()));
  }

  @Test
  void trailingQuestionMark_isNoQuery() {
    CallbackScenario callback = CallbackScenario.signedBy(signer).tamperedTarget("/oss/callback?");

    assertPublished(RawHttp.send(uri.getPort(), callback.wire()));
  }

  @Test
  void http10WithClose_isAnsweredAndClosed() {
    CallbackScenario callback = CallbackScenario.signedBy(signer).withHeader("Connection", "close");

    RawHttp.Reply reply = RawHttp.send(uri.getPort(), callback.wire("HTTP/1.0"));

    assertPublished(reply);
    assertThat(reply.closed()).isTrue();
  }

  @Test
  void http11WithClose_isAnsweredAndClosed() {
    CallbackScenario callback = CallbackScenario.signedBy(signer).withHeader("Connection", "close");

    RawHttp.Reply reply = RawHttp.send(uri.getPort(), callback.wire());

    assertPublished(reply);
    assertThat(reply.closed()).isTrue();
  }

  @Test
  void keptConnection_servesCallbackAfterCallback() throws IOException {
    try (Socket socket = RawHttp.connect(uri.getPort())) {
      for (int i = 0; i < 3; i++) {
        socket.getOutputStream().write(CallbackScenario.signedBy(signer).wire());
        assertPublished(RawHttp.read(socket));
      }
    }
  }

  /** OSS is not known to chunk, proxies do. */
  @Test
  void chunkedBody_isAccepted() throws IOException {
    CallbackScenario callback = CallbackScenario.signedBy(signer);

    assertPublished(RawHttp.send(uri.getPort(), chunked(callback, 10)));
  }

  @Test
  void bodyAtTheLimit_isAccepted() {
    String filler = "a".repeat(CallbackHttpProfile.MAX_BODY_SIZE - "object=x&filler=".length());

    assertPublished(
        RawHttp.send(
            uri.getPort(),
            CallbackScenario.signedBy(signer).withBody("object=x&filler=" + filler).wire()));
  }

  @Test
  void emptyBody_isAcceptedAndCountedAsDefect() {
    double empty = CallbackCounts.of(registry, BodyDefect.EMPTY);

    assertPublished(
        RawHttp.send(uri.getPort(), CallbackScenario.signedBy(signer).withBody("").wire()));

    assertThat(CallbackCounts.of(registry, BodyDefect.EMPTY)).isEqualTo(empty + 1);
  }

  @Test
  void expectContinue_isServed() throws IOException {
    CallbackScenario callback =
        CallbackScenario.signedBy(signer).withHeader("Expect", "100-continue");
    byte[] wire = callback.wire();
    int body = callback.body().length;

    try (Socket socket = RawHttp.connect(uri.getPort())) {
      socket.getOutputStream().write(wire, 0, wire.length - body);
      assertThat(RawHttp.read(socket).status()).isEqualTo(100);
      socket.getOutputStream().write(callback.body());
      assertPublished(RawHttp.read(socket));
    }
  }

  static byte[] chunked(CallbackScenario callback, int chunkSize) {
    ByteArrayOutputStream wire =
        RawHttp.head("POST", callback.target(), "HTTP/1.1", callback.headers());
    wire.writeBytes("Transfer-Encoding: chunked\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
    byte[] body = callback.body();
    for (int start = 0; start < body.length; start += chunkSize) {
      int size = Math.min(chunkSize, body.length - start);
      wire.writeBytes((Integer.toHexString(size) + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
      wire.write(body, start, size);
      wire.writeBytes("\r\n".getBytes(StandardCharsets.ISO_8859_1));
    }
    wire.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
    return wire.toByteArray();
  }

  private String assertPublished(RawHttp.Reply reply) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    assertThat(reply.headers()).containsEntry("content-type", "application/json");
    assertThat(reply.headers())
        .containsEntry("content-length", Integer.toString(reply.body().length));
    assertThat(reply.headers()).doesNotContainKeys("transfer-encoding", "location");
    assertThat(CallbackCounts.of(registry).published()).isGreaterThan(before.published());
    try {
      JsonNode json = new ObjectMapper().readTree(reply.body());
      assertThat(json.get("Status").asText()).isEqualTo("OK");
      String id = json.get("eventId").asText();
      assertThat(records(id)).as("200 means the broker has it").isNotEmpty();
      return id;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static ConsumerRecord<String, byte[]> onlyRecord(String id) {
    List<ConsumerRecord<String, byte[]>> records = records(id);
    assertThat(records).hasSize(1);
    return records.getFirst();
  }

  private static List<ConsumerRecord<String, byte[]>> records(String id) {
    return PublishedEvents.withId(
        LaptopStackResource.running().getProperty("kafka.bootstrap.servers"), id);
  }
}
