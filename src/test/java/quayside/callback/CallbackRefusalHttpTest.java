package quayside.callback;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import quayside.signature.KeyRing;

/** What is refused over HTTP: each kind with its own reason, one answer shape, one count. */
@QuarkusTest
@TestProfile(CallbackHttpProfile.class)
class CallbackRefusalHttpTest {
  private final TestSigner signer = CallbackTestKeyResource.signer();

  @TestHTTPResource URI uri;
  @Inject MeterRegistry registry;

  static List<Arguments> broken() {
    return List.of(
        broken(RefusalReason.AUTHORIZATION_MISSING, c -> c.withoutHeader("Authorization")),
        broken(RefusalReason.AUTHORIZATION_MISSING, c -> c.withHeader("Authorization", "")),
        broken(
            RefusalReason.AUTHORIZATION_REPEATED,
            c -> c.withAdditionalHeader("authorization", "AAAA")),
        broken(
            RefusalReason.SIGNATURE_NOT_BASE64, c -> c.withHeader("Authorization", "not base64!")),
        broken(
            RefusalReason.SIGNATURE_NOT_BASE64,
            c -> c.withHeader("Authorization", "Basic dXNlcjpwYXNz")),
        broken(
            RefusalReason.SIGNATURE_NOT_BASE64,
            c -> c.withHeader("Authorization", "\u00e9".repeat(88))),
        broken(RefusalReason.SIGNATURE_WRONG_LENGTH, c -> c.withSignature(new byte[63])),
        broken(RefusalReason.SIGNATURE_WRONG_LENGTH, c -> c.withSignature(new byte[65])),
        broken(RefusalReason.SIGNATURE_WRONG_LENGTH, c -> c.withSignature(new byte[128])),
        broken(RefusalReason.SIGNATURE_MISMATCH, c -> c.withSignature(new byte[64])),
        broken(RefusalReason.SIGNATURE_MISMATCH, c -> c.withSignature(allOnes())),
        broken(RefusalReason.SIGNATURE_MISMATCH, c -> c.withSignature(flipped(c.signature()))),
        broken(RefusalReason.SIGNATURE_MISMATCH, c -> c.tamperedBody(flipped(c.body()))),
        broken(RefusalReason.SIGNATURE_MISMATCH, c -> c.withBody("").tamperedBody(new byte[] {0})),
        broken(RefusalReason.SIGNATURE_MISMATCH, c -> c.tamperedTarget("/")),
        broken(RefusalReason.SIGNATURE_MISMATCH, c -> c.tamperedTarget("/oss/callback?a=1")),
        broken(
            RefusalReason.SIGNATURE_MISMATCH,
            c -> c.withTarget("/oss/callback?a=1").tamperedTarget("/oss/callback?a=0")),
        broken(
            RefusalReason.SIGNATURE_MISMATCH,
            c -> c.withTarget("/oss/callback?a=1").tamperedTarget("/oss/callback")),
        // A proxy added a prefix.
        broken(RefusalReason.SIGNATURE_MISMATCH, c -> c.tamperedTarget("/oss/any/oss/callback")),
        broken(RefusalReason.PUB_KEY_URL_MISSING, c -> c.withoutHeader("x-oss-pub-key-url")),
        broken(
            RefusalReason.PUB_KEY_URL_REPEATED,
            c -> c.withAdditionalHeader("X-Oss-Pub-Key-Url", "aHR0cDovLw==")),
        broken(
            RefusalReason.PUB_KEY_URL_NOT_BASE64,
            c -> c.withHeader("x-oss-pub-key-url", "http://gosspublic.alicdn.com/")),
        broken(
            RefusalReason.KEY_UNKNOWN,
            c ->
                c.withHeader(
                    "x-oss-pub-key-url", Base64.getEncoder().encodeToString(new byte[] {-1}))),
        broken(
            RefusalReason.SIGNATURE_VERSION_UNSUPPORTED,
            c -> c.withHeader("x-oss-signature-version", "2.0")),
        broken(
            RefusalReason.SIGNATURE_VERSION_UNSUPPORTED,
            c -> c.withHeader("x-oss-signature-version", "")),
        broken(
            RefusalReason.SIGNATURE_VERSION_UNSUPPORTED,
            c -> c.withHeader("x-oss-signature-version", "garbage")),
        broken(
            RefusalReason.SIGNATURE_VERSION_UNSUPPORTED,
            c -> c.withHeader("x-oss-signature-version", "1.00")),
        broken(
            RefusalReason.SIGNATURE_VERSION_REPEATED,
            c -> c.withAdditionalHeader("x-oss-signature-version", "1.0")),
        broken(RefusalReason.TARGET_AMBIGUOUS, c -> c.tamperedTarget("/oss/callback%3Fa=1")),
        broken(RefusalReason.TARGET_AMBIGUOUS, c -> c.tamperedTarget("/oss/callback%0Abucket=x")),
        broken(RefusalReason.TARGET_AMBIGUOUS, c -> c.tamperedTarget("/oss/callback%0d")),
        broken(RefusalReason.TARGET_AMBIGUOUS, c -> c.tamperedTarget("/oss/callback%00")),
        broken(RefusalReason.TARGET_AMBIGUOUS, c -> c.tamperedTarget("/oss/callback%23")),
        broken(RefusalReason.TARGET_AMBIGUOUS, c -> c.tamperedTarget("/oss%2Fcallback")),
        broken(RefusalReason.TARGET_AMBIGUOUS, c -> c.tamperedTarget("/oss/any%5Cx")),
        broken(RefusalReason.TARGET_AMBIGUOUS, c -> c.tamperedTarget("/oss/callback#fragment")),
        broken(RefusalReason.TARGET_BAD_ESCAPE, c -> c.tamperedTarget("/oss/callback%")),
        broken(RefusalReason.TARGET_BAD_ESCAPE, c -> c.tamperedTarget("/oss/callback%zz")),
        broken(RefusalReason.TARGET_BAD_ESCAPE, c -> c.tamperedTarget("/oss/callback%4")),
        broken(
            RefusalReason.TARGET_NOT_ORIGIN_FORM,
            c -> c.tamperedTarget("http://localhost/oss/callback")),
        broken(RefusalReason.TARGET_NOT_PRINTABLE, c -> c.tamperedTarget("/oss/callb\u00e4ck")),
        broken(RefusalReason.TARGET_NOT_PRINTABLE, c -> c.tamperedTarget("/oss/callback\u0007")),
        broken(RefusalReason.UNKNOWN_PATH, c -> c.withTarget("/oss/callback/")),
        broken(RefusalReason.UNKNOWN_PATH, c -> c.withTarget("//oss/callback")),
        broken(RefusalReason.UNKNOWN_PATH, c -> c.withTarget("/OSS/callback")),
        broken(RefusalReason.UNKNOWN_PATH, c -> c.withTarget("/oss/callb%61ck", "/oss/callback")),
        broken(RefusalReason.UNKNOWN_PATH, c -> c.withTarget("/oss/./callback")),
        broken(RefusalReason.UNKNOWN_PATH, c -> c.withTarget("/oss/callback;v=1")),
        broken(
            RefusalReason.BODY_TOO_LARGE,
            c -> c.withBody(new byte[CallbackHttpProfile.MAX_BODY_SIZE + 1])),
        broken(RefusalReason.BODY_TOO_LARGE, c -> c.withBody(new byte[2 << 20])));
  }

  static List<Vector> mistakes() {
    return Vector.mistakes();
  }

  static List<Vector> ambiguous() {
    return Vector.ambiguous();
  }

  @AfterEach
  void everyRequestIsCountedOnce() {
    CallbackCounts.of(registry).assertConserved();
  }

  @ParameterizedTest(name = "{0} [{index}]")
  @MethodSource("broken")
  void brokenCallback_isRefused(RefusalReason reason, UnaryOperator<CallbackScenario> breakIt) {
    assertRefused(reason, breakIt.apply(CallbackScenario.signedBy(signer)).wire());
  }

  /** Prefix, substring and user-info tricks; and everything else that lies on OSS's own host. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example/callback_pub_key_v1.pem",
        "https://gosspublic.alicdn.com.evil.example/callback_pub_key_v1.pem",
        "https://gosspublic.alicdn.com@evil.example/callback_pub_key_v1.pem",
        "https://evil.example/gosspublic.alicdn.com/callback_pub_key_v1.pem",
        "https://gosspublic.alicdn.com/other.pem",
        "https://gosspublic.alicdn.com/callback_pub_key_v1.pem?x",
        "https://gosspublic.alicdn.com/callback_pub_key_v1.pem#x",
        "https://gosspublic.alicdn.com:443/callback_pub_key_v1.pem",
        "https://gosspublic.alicdn.com//callback_pub_key_v1.pem",
        "HTTPS://gosspublic.alicdn.com/callback_pub_key_v1.pem",
        "gosspublic.alicdn.com/callback_pub_key_v1.pem",
        "https://gosspublic.alicdn.com/callback_pub_key_v1.pem\n",
        "file:///etc/passwd",
        ""
      })
  void foreignKeyUrl_isRefused(String url) {
    RefusalReason reason =
        url.isEmpty() ? RefusalReason.PUB_KEY_URL_MISSING : RefusalReason.KEY_UNKNOWN;

    assertRefused(reason, CallbackScenario.signedBy(signer).withKeyUrl(url).wire());
  }

  /** A key that is trusted under its own URL says nothing under another. */
  @Test
  void ourKeyUnderTheUrlOfOss_isRefused() {
    byte[] wire = CallbackScenario.signedBy(signer).withKeyUrl(KeyRing.OSS_URLS.getFirst()).wire();

    assertRefused(RefusalReason.SIGNATURE_MISMATCH, wire);
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void receiverMistake_isRefused(Vector vector) {
    assertRefused(RefusalReason.SIGNATURE_MISMATCH, vector.wire());
  }

  @ParameterizedTest
  @MethodSource("ambiguous")
  void ambiguousTarget_isRefusedThoughItVerifies(Vector vector) {
    assertRefused(RefusalReason.TARGET_AMBIGUOUS, vector.wire());
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "PUT", "DELETE", "PATCH", "OPTIONS", "BREW"})
  void otherMethodOnCallbackPath_isRefused(String method) {
    RawHttp.Reply reply =
        assertRefused(
            RefusalReason.METHOD_NOT_ALLOWED,
            CallbackScenario.signedBy(signer).wire(method, "HTTP/1.1"));

    assertThat(reply.headers()).containsEntry("allow", "POST");
  }

  /** Scanners and typing errors. */
  @ParameterizedTest
  @ValueSource(strings = {"/nobody/here", "/q/nothing", "/api/nothing"})
  void postToUnknownPath_isRefusedInOurShape(String path) {
    byte[] wire =
        RawHttp.request("POST", path, "HTTP/1.1", List.of(), "x".getBytes(StandardCharsets.UTF_8));

    assertRefused(RefusalReason.UNKNOWN_PATH, wire);
  }

  /** The catch-all for callbacks must not answer for anybody else. */
  @Test
  void getOfUnknownPath_isNotOurs() {
    CallbackCounts before = CallbackCounts.of(registry);

    RawHttp.Reply reply =
        RawHttp.send(
            uri.getPort(),
            RawHttp.request("GET", "/nobody/here", "HTTP/1.1", List.of(), new byte[0]));

    assertThat(reply.status()).isEqualTo(404);
    assertThat(CallbackCounts.of(registry).received()).isEqualTo(before.received());
  }

  @Test
  void http10_isRefusedInTheSameShape() {
    byte[] wire =
        CallbackScenario.signedBy(signer)
            .withHeader("Connection", "close")
            .withSignature(new byte[64])
            .wire("HTTP/1.0");

    assertThat(assertRefused(RefusalReason.SIGNATURE_MISMATCH, wire).closed()).isTrue();
  }

  /** Nothing of the body is on its way yet: only the announced length can have been judged. */
  @Test
  void announcedLengthOverTheLimit_isRefusedBeforeReading() {
    byte[] wire =
        RawHttp.head(
                "POST",
                "/oss/callback",
                "HTTP/1.1",
                List.of(new CallbackScenario.Header("Content-Length", "999999999999\r\n")))
            .toByteArray();

    assertThat(assertRefused(RefusalReason.BODY_TOO_LARGE, wire).closed()).isTrue();
  }

  @Test
  void chunkedBodyOverTheLimit_isRefused() {
    CallbackScenario callback =
        CallbackScenario.signedBy(signer).withBody(new byte[CallbackHttpProfile.MAX_BODY_SIZE + 1]);

    RawHttp.Reply reply =
        assertRefused(RefusalReason.BODY_TOO_LARGE, CallbackHttpTest.chunked(callback, 4096));

    assertThat(reply.closed()).isTrue();
  }

  @Test
  void stalledBody_isRefusedInTime() {
    byte[] wire = CallbackScenario.signedBy(signer).wire();

    RawHttp.Reply reply =
        assertRefused(RefusalReason.BODY_TIMEOUT, Arrays.copyOf(wire, wire.length - 1));

    assertThat(reply.closed()).isTrue();
  }

  @Test
  void abandonedBody_isCounted() throws IOException {
    double before = CallbackCounts.of(registry, RefusalReason.BODY_INCOMPLETE);
    byte[] wire = CallbackScenario.signedBy(signer).wire();

    try (Socket socket = RawHttp.connect(uri.getPort())) {
      socket.getOutputStream().write(wire, 0, wire.length - 1);
    }

    Awaitility.await()
        .untilAsserted(() ->
            assertThat(CallbackCounts.of(registry, RefusalReason.BODY_INCOMPLETE))
                .isEqualTo(before + 1));
  }

  private RawHttp.Reply assertRefused(RefusalReason reason, byte[] wire) {
    CallbackCounts before = CallbackCounts.of(registry);
    double ofReason = CallbackCounts.of(registry, reason);

    RawHttp.Reply reply = RawHttp.send(uri.getPort(), wire);

    assertThat(reply.status()).as(reply.text()).isEqualTo(reason.status());
    assertProblem(reply, reason);
    assertThat(CallbackCounts.of(registry).received()).isEqualTo(before.received() + 1);
    assertThat(CallbackCounts.of(registry, reason)).isEqualTo(ofReason + 1);
    return reply;
  }

  private static void assertProblem(RawHttp.Reply reply, RefusalReason reason) {
    assertThat(reply.headers()).containsEntry("content-type", "application/problem+json");
    assertThat(reply.headers())
        .containsEntry("content-length", Integer.toString(reply.body().length));
    assertThat(reply.headers())
        .doesNotContainKeys("transfer-encoding", "location", "www-authenticate");
    try {
      JsonNode problem = new ObjectMapper().readTree(reply.body());
      assertThat(problem.propertyStream().map(Map.Entry::getKey))
          .containsExactly("type", "title", "status", "detail", "reason");
      assertThat(problem.get("reason").asText()).isEqualTo(reason.code());
      assertThat(problem.get("status").asInt()).isEqualTo(reason.status());
      assertThat(problem.get("detail").asText()).isEqualTo(reason.detail());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Arguments broken(RefusalReason reason, UnaryOperator<CallbackScenario> breakIt) {
    return Arguments.of(reason, breakIt);
  }

  private static byte[] allOnes() {
    byte[] signature = new byte[64];
    Arrays.fill(signature, (byte) 0xFF);
    return signature;
  }

  private static byte[] flipped(byte[] bytes) {
    byte[] flipped = bytes.clone();
    flipped[flipped.length / 2] ^= 1;
    return flipped;
  }
}
