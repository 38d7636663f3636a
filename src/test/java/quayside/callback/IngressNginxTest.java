package quayside.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import quayside.LaptopStackResource;

/** What the Ingress of the manifests says, in a real nginx between signed callbacks and service. */
@QuarkusTest
@TestProfile(IngressNginxTest.BehindTheIngress.class)
class IngressNginxTest {
  /** What OSS waits at most. */
  private static final Duration OSS = Duration.ofSeconds(5);

  private static final int SERVICE_LIMIT = 256 << 10;

  private final TestSigner signer = CallbackTestKeyResource.signer();
  private final IngressManifest manifest = IngressManifest.read();

  @TestHTTPResource URI uri;

  /** As in base/ingress/ingress.properties, and a path that another Ingress would rewrite. */
  public static final class BehindTheIngress implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "quarkus.http.proxy.proxy-address-forwarding", "true",
          "quarkus.http.proxy.trusted-proxies", "127.0.0.1",
          "quayside.callback.paths", "/oss/callback,/gateway/oss/callback,/unrestored",
          "quayside.callback.external-paths.gateway.received", "/cb",
          "quayside.callback.external-paths.gateway.dialled", "/gateway/oss/callback");
    }

    @Override
    public List<TestResourceEntry> testResources() {
      return List.of(
          new TestResourceEntry(LaptopStackResource.class),
          new TestResourceEntry(CallbackTestKeyResource.class));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?a=%2F&b=+&c=%zz&d=a+b", "?q=//&r=/./../x"})
  void signedCallback_arrivesAsOssSentIt(String query) {
    CallbackScenario callback =
        CallbackScenario.signedBy(signer)
            .withTarget("/oss/callback" + query)
            .withHeader("Connection", "close");
    try (Nginx nginx = nginx(manifest)) {
      assertAccepted(RawHttp.send(nginx.port(), callback.wire("HTTP/1.0")));
      assertAccepted(RawHttp.send(nginx.port(), callback.wire("HTTP/1.1")));
    }
  }

  /** No one else's path is let in: not the API, not what lies below a path of ours. */
  @ParameterizedTest
  @ValueSource(strings = {"/", "/oss/callback/x", "/api/objects", "/q/health", "/oss/callbac"})
  void otherPaths_areNobodys(String path) {
    CallbackScenario callback = CallbackScenario.signedBy(signer).withTarget(path);
    try (Nginx nginx = nginx(manifest)) {
      assertRefusedByNginx(RawHttp.send(nginx.port(), callback.wire()), 404);
    }
  }

  @Test
  void pathsBelow_areLetInByPrefixAlone() {
    CallbackScenario callback = CallbackScenario.signedBy(signer).withTarget("/oss/callback/x");
    try (Nginx prefix = nginx(manifest.withPath("/oss/callback", "Prefix"))) {
      RawHttp.Reply reply = RawHttp.send(prefix.port(), callback.wire());

      assertThat(reply.status()).isEqualTo(404);
      assertThat(reply.text()).contains("\"reason\":\"unknown-path\"");
    }
  }

  /** Up to the Ingress's limit the service refuses, in its own words; beyond it, nginx. */
  @Test
  void body_isRefusedByTheServiceAndOnlyThenByNginx() {
    int limit = bytes(manifest.annotation("proxy-body-size"));
    assertThat(limit).isGreaterThan(SERVICE_LIMIT);
    try (Nginx nginx = nginx(manifest)) {
      assertAccepted(RawHttp.send(nginx.port(), callback(SERVICE_LIMIT).wire()));
      assertRefusedByService(
          RawHttp.send(nginx.port(), callback(SERVICE_LIMIT + 1).wire()), 413, "body-too-large");
      assertRefusedByService(
          RawHttp.send(nginx.port(), callback(limit).wire()), 413, "body-too-large");
      assertRefusedByNginx(RawHttp.send(nginx.port(), callback(limit + 1).wire()), 413);
    }
  }

  @Test
  void bodySize_isTheOneThatTheManifestSays() {
    try (Nginx nginx = nginx(manifest.with("proxy-body-size", "2k"))) {
      assertAccepted(RawHttp.send(nginx.port(), callback(2048).wire()));
      assertRefusedByNginx(RawHttp.send(nginx.port(), callback(2049).wire()), 413);
    }
  }

  /** Before OSS hangs up, and not before the service would have answered. */
  @Test
  void serviceThatSaysNothing_isGivenUpInTime() throws IOException {
    Duration limit = Duration.ofSeconds(seconds(manifest, "proxy-read-timeout"));
    assertThat(limit).isLessThan(OSS).isGreaterThan(Duration.ofSeconds(3));

    assertThat(timeUntilGivenUp(manifest)).isBetween(limit, OSS);
    assertThat(timeUntilGivenUp(manifest.with("proxy-read-timeout", "1")))
        .isBetween(Duration.ofSeconds(1), limit.minusSeconds(1));
  }

  /** Altogether they leave OSS time to hear of it. */
  @Test
  void timeouts_areWithinWhatOssWaits() {
    assertThat(seconds(manifest, "proxy-connect-timeout")).isBetween(1, 2);
    assertThat(seconds(manifest, "proxy-send-timeout")).isBetween(1, 4);
    assertThat(seconds(manifest, "proxy-next-upstream-timeout")).isBetween(1, 2);
    assertThat(manifest.annotation("proxy-next-upstream")).doesNotContain("non_idempotent");
  }

  /** Without buffering, the service meets the slow sender and ends it. */
  @Test
  void slowBody_isEndedByTheService() throws IOException {
    byte[] wire = callback(1000).wire();
    byte[] most = Arrays.copyOf(wire, wire.length - 1);
    try (Nginx nginx = nginx(manifest);
        Socket socket = RawHttp.connect(nginx.port())) {
      socket.getOutputStream().write(most);
      assertRefusedByService(RawHttp.read(socket), 408, "body-timeout");
    }
    try (Nginx buffering = nginx(manifest.with("proxy-request-buffering", "on"));
        Socket socket = RawHttp.connect(buffering.port())) {
      socket.setSoTimeout(3_000);
      socket.getOutputStream().write(most);
      assertThatThrownBy(() -> RawHttp.read(socket)).hasMessageContaining("timed out");
    }
  }

  /** What the manifest does without, and what it would take to have it. */
  @ParameterizedTest
  @CsvSource({"/cb, 200", "/unrestored, 403", "/elsewhere, 404"})
  void rewrittenPath_isAcceptedOnlyWhereItIsRestored(String target, int status) {
    assertThat(manifest.annotation("rewrite-target")).isEmpty();
    IngressManifest rewriting =
        manifest.withPath("/gateway/oss/callback", "Exact").with("rewrite-target", target);
    CallbackScenario callback =
        CallbackScenario.signedBy(signer).withTarget("/gateway/oss/callback?a=%2F&b=+");
    try (Nginx nginx = nginx(rewriting)) {
      RawHttp.Reply reply = RawHttp.send(nginx.port(), callback.wire());

      assertThat(reply.status()).as(reply.text()).isEqualTo(status);
      assertThat(reply.text()).contains(status == 200 ? "\"eventId\"" : "\"reason\"");
    }
  }

  /** OSS follows no redirect, so HTTP must stay HTTP though there is a certificate. */
  @Test
  void http_isNotRedirected() {
    byte[] wire = CallbackScenario.signedBy(signer).wire();
    try (Nginx nginx = nginx(manifest);
        Nginx redirecting = nginx(manifest.with("ssl-redirect", null))) {
      assertAccepted(RawHttp.send(nginx.port(), wire));
      assertThat(RawHttp.send(redirecting.port(), wire).status()).isEqualTo(308);
    }
  }

  /** A callbackUrl has less than 4 KB; what is longer than nginx's buffers is no callback. */
  @Test
  void headers_areLimitedByNginxAndThenByTheService() {
    try (Nginx nginx = nginx(manifest)) {
      assertAccepted(
          RawHttp.send(
              nginx.port(),
              CallbackScenario.signedBy(signer)
                  .withTarget("/oss/callback?p=" + "p".repeat(4 << 10))
                  .withHeader("x-more", "m".repeat(4 << 10))
                  .wire()));
      assertRefusedByNginx(
          RawHttp.send(
              nginx.port(),
              CallbackScenario.signedBy(signer)
                  .withTarget("/oss/callback?p=" + "p".repeat(8 << 10))
                  .wire()),
          414);
      assertRefusedByNginx(
          RawHttp.send(
              nginx.port(),
              CallbackScenario.signedBy(signer).withHeader("x-more", "m".repeat(8 << 10)).wire()),
          400);
      CallbackScenario many = CallbackScenario.signedBy(signer);
      for (int i = 0; i < 3; i++) {
        many.withHeader("x-more-" + i, "m".repeat(6 << 10));
      }
      assertThat(RawHttp.send(nginx.port(), many.wire()).status()).isEqualTo(431);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "proxy-body-size, 2m",
    "proxy-request-buffering, on",
    "proxy-buffering, on",
    "proxy-http-version, 1.0",
    "proxy-connect-timeout, 3",
    "proxy-send-timeout, 3",
    "proxy-read-timeout, 3",
    "proxy-next-upstream, off",
    "proxy-next-upstream-timeout, 3",
    "ssl-redirect, true",
    "force-ssl-redirect, true",
    "rewrite-target, /cb"
  })
  void annotation_changesWhatIsTested(String annotation, String value) {
    assertThat(manifest.with(annotation, value).configuration())
        .isNotEqualTo(manifest.configuration());
  }

  @Test
  void annotationThatNobodyTests_isRefused() {
    assertThatThrownBy(() -> manifest.with("limit-rps", "1").configuration())
        .hasMessageStartingWith("nginx.ingress.kubernetes.io/limit-rps: ");
  }

  private Duration timeUntilGivenUp(IngressManifest ingress) throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
        Nginx nginx = Nginx.inFrontOf(silent.getLocalPort(), ingress.configuration())) {
      long begin = System.nanoTime();
      assertRefusedByNginx(
          RawHttp.send(nginx.port(), CallbackScenario.signedBy(signer).wire()), 504);
      return Duration.ofNanos(System.nanoTime() - begin);
    }
  }

  private Nginx nginx(IngressManifest ingress) {
    return Nginx.inFrontOf(uri.getPort(), ingress.configuration());
  }

  /** With a body of so many bytes. */
  private CallbackScenario callback(int size) {
    String body = "bucket=uploads&object=a%2Fb.txt&size=5&x:pad=";
    return CallbackScenario.signedBy(signer).withBody(body + "p".repeat(size - body.length()));
  }

  private static int bytes(String size) {
    assertThat(size).matches("\\d+m");
    return Integer.parseInt(size.replace("m", "")) << 20;
  }

  private static int seconds(IngressManifest manifest, String annotation) {
    return Integer.parseInt(manifest.annotation(annotation));
  }

  private static void assertAccepted(RawHttp.Reply reply) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    assertThat(reply.text()).contains("\"eventId\"");
  }

  private static void assertRefusedByService(RawHttp.Reply reply, int status, String reason) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(status);
    assertThat(reply.text()).contains("\"reason\":\"" + reason + "\"");
  }

  private static void assertRefusedByNginx(RawHttp.Reply reply, int status) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(status);
    assertThat(reply.text()).contains("<center>nginx");
  }
}
