package quayside.callback;

import quayside.signature.RequestTarget;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import quayside.LaptopStackResource;
import quayside.LogLines;

/** The documented proxy, a real nginx, between signed callbacks and the service. */
@QuarkusTest
@TestProfile(NginxTest.BehindNginx.class)
class NginxTest {
  private static final UnaryOperator<String> AS_DOCUMENTED = UnaryOperator.identity();
  private static final String ELSEWHERE = "127.0.0.3";

  private final TestSigner signer = CallbackTestKeyResource.signer();

  @TestHTTPResource URI uri;

  /** What the example's comments say, and what the vectors need. */
  public static final class BehindNginx implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      Map<String, String> config = new HashMap<>();
      config.put("quarkus.http.proxy.proxy-address-forwarding", "true");
      config.put("quarkus.http.proxy.trusted-proxies", "127.0.0.1");
      config.put(
          "quayside.callback.paths",
          "/oss/callback/*,/gateway/oss/callback/*,/unrestored/*,/,/index.php,/api/any,"
              + "/api/AliYunOssCallback,/temp/oss/index.php");
      rule(config, "gateway", "/cb", "/gateway/oss/callback");
      for (Vector vector : Vector.accepted()) {
        rule(config, vector.name().replaceAll("\\W", ""), stripped(vector), vector.path());
      }
      return config;
    }

    @Override
    public List<TestResourceEntry> testResources() {
      return List.of(
          new TestResourceEntry(LaptopStackResource.class),
          new TestResourceEntry(CallbackTestKeyResource.class));
    }

    private static void rule(
        Map<String, String> config, String name, String received, String dialled) {
      String key = "quayside.callback.external-paths." + name;
      config.put(key + ".received", received);
      config.put(key + ".dialled", dialled);
    }
  }

  static List<Vector> vectors() {
    return Vector.accepted();
  }

  static List<Vector> vectorsWithAPath() {
    return Vector.accepted().stream().filter(vector -> vector.path().length() > 1).toList();
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void realCallback_passesThrough(Vector vector) {
    try (Nginx nginx = nginx(c -> c.replace("= /oss/callback {", "= " + vector.path() + " {"))) {
      assertAccepted(RawHttp.send(nginx.port(), vector.wire()));
    }
  }

  @ParameterizedTest
  @MethodSource("vectorsWithAPath")
  void realCallback_isRestoredAfterItsPathWasReplaced(Vector vector) {
    try (Nginx nginx =
        nginx(c ->
            c.replace("/gateway/oss/callback", vector.path()).replace("/cb", stripped(vector)))) {
      assertAccepted(RawHttp.send(nginx.port(), vector.wire()));
    }
  }

  /** What proxies like to decode, encode, merge and resolve. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "?a=%2F&b=+&c=%zz&d=a+b",
        "/%E7%85%A7%20a+b/%41?x=1%2B1",
        "//double///slash?q=//",
        "/dot/./and/../dots",
        "/a;b=c,d@e:f!$&'()*"
      })
  void target_arrivesAsOssSentIt(String rest) {
    try (Nginx nginx = nginx(AS_DOCUMENTED)) {
      for (String path : List.of("/oss/callback", "/gateway/oss/callback")) {
        CallbackScenario callback =
            CallbackScenario.signedBy(signer)
                .withTarget(path + rest, decoded(RequestTarget.rawPath(path + rest)));

        assertAccepted(RawHttp.send(nginx.port(), callback.wire()));
      }
    }
  }

  /** As OSS sends it. */
  @Test
  void http10WithClose_isAnsweredWithLengthAndClosed() {
    try (Nginx nginx = nginx(AS_DOCUMENTED)) {
      for (String path : List.of("/oss/callback?a=+", "/gateway/oss/callback?a=+")) {
        CallbackScenario callback =
            CallbackScenario.signedBy(signer).withTarget(path).withHeader("Connection", "close");

        RawHttp.Reply reply = RawHttp.send(nginx.port(), callback.wire("HTTP/1.0"));

        assertAccepted(reply);
        assertThat(reply.closed()).isTrue();
      }
    }
  }

  /** Users who only let the arriving path in: it reaches the edge, but is not what OSS signed. */
  @Test
  void rewrittenPath_isRefusedWithoutRestoration() {
    CallbackScenario callback =
        CallbackScenario.signedBy(signer).withTarget("/gateway/oss/callback?x=1");
    try (Nginx unrestored = nginx(c -> c.replace("/cb", "/unrestored"));
        Nginx restored = nginx(AS_DOCUMENTED)) {
      RawHttp.Reply refused = RawHttp.send(unrestored.port(), callback.wire());
      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.text()).contains("\"reason\":\"signature-mismatch\"");

      assertAccepted(RawHttp.send(restored.port(), callback.wire()));
    }
  }

  /** Neither a stranger nor the proxy has a say in what is verified. */
  @Test
  void headers_doNotChangeTheTarget() throws IOException {
    CallbackScenario callback =
        CallbackScenario.signedBy(signer)
            .withHeader("X-Forwarded-Prefix", "/gateway")
            .withHeader("X-Original-URI", "/other")
            .withHeader("X-Rewrite-URL", "/other")
            .withHeader("Forwarded", "for=203.0.113.9;host=other;proto=https");

    assertAccepted(RawHttp.send(uri.getPort(), callback.wire()));
    assertAccepted(from(ELSEWHERE, uri.getPort(), callback));
    try (Nginx nginx = nginx(AS_DOCUMENTED)) {
      assertAccepted(RawHttp.send(nginx.port(), callback.wire()));
    }
  }

  @Test
  void client_isWhomTheTrustedProxyNames() throws IOException {
    try (Nginx nginx = nginx(AS_DOCUMENTED)) {
      assertThat(addressLogged(ELSEWHERE, nginx.port(), "5CF3E7821AB22D0FDB867001", Map.of()))
          .isEqualTo("clientAddress=" + ELSEWHERE);
    }
  }

  /** nginx overwrites what the client says about itself. */
  @Test
  void forgedAddress_isIgnoredBehindTheProxy() throws IOException {
    try (Nginx nginx = nginx(AS_DOCUMENTED)) {
      assertThat(
              addressLogged(ELSEWHERE, nginx.port(), "5CF3E7821AB22D0FDB867002", forgedAddresses()))
          .isEqualTo("clientAddress=" + ELSEWHERE);
    }
  }

  @Test
  void forgedAddress_isIgnoredFromOutsideTheTrustedRange() throws IOException {
    assertThat(
            addressLogged(ELSEWHERE, uri.getPort(), "5CF3E7821AB22D0FDB867003", forgedAddresses()))
        .isEqualTo("clientAddress=" + ELSEWHERE);
  }

  /** What the three tests above would miss if addresses were never forwarded. */
  @Test
  void addressFromATrustedPeer_isBelieved() throws IOException {
    assertThat(
            addressLogged(
                "127.0.0.1",
                uri.getPort(),
                "5CF3E7821AB22D0FDB867004",
                Map.of("X-Forwarded-For", "203.0.113.9")))
        .isEqualTo("clientAddress=203.0.113.9");
  }

  private Nginx nginx(UnaryOperator<String> change) {
    return Nginx.inFrontOf(uri.getPort(), change);
  }

  // A plus sign of a path is a plus sign.
  private static String decoded(String path) {
    return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static String stripped(Vector vector) {
    return "/stripped-" + vector.name().replace(".json", "");
  }

  private static Map<String, String> forgedAddresses() {
    return Map.of("X-Forwarded-For", "203.0.113.9", "X-Forwarded-Port", "1");
  }

  private String addressLogged(String from, int port, String requestId, Map<String, String> headers)
      throws IOException {
    CallbackScenario callback =
        CallbackScenario.signedBy(signer)
            .withSignature(new byte[64])
            .withHeader("x-oss-request-id", requestId);
    headers.forEach(callback::withHeader);
    try (LogLines log = new LogLines("quayside.callback")) {
      assertThat(from(from, port, callback).status()).isEqualTo(403);
      return log.only("requestId=" + requestId).replaceAll(".*(clientAddress=\\S+).*", "$1");
    }
  }

  private static RawHttp.Reply from(String address, int port, CallbackScenario callback)
      throws IOException {
    try (Socket socket =
        new Socket(InetAddress.getByName("127.0.0.1"), port, InetAddress.getByName(address), 0)) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(callback.wire());
      return RawHttp.read(socket);
    }
  }

  private static void assertAccepted(RawHttp.Reply reply) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    assertThat(reply.headers())
        .containsEntry("content-length", Integer.toString(reply.body().length))
        .doesNotContainKeys("transfer-encoding", "location", "content-encoding");
    assertThat(reply.text()).contains("\"eventId\"");
  }
}
