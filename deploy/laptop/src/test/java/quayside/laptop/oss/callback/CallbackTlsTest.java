package quayside.laptop.oss.callback;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileInputStream;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * HTTPS callbacks against a real TLS server with a certificate of the test's own for receiver.test.
 */
class CallbackTlsTest {
  private static final char[] PASSWORD = "changeit".toCharArray();
  @TempDir static Path directory;
  static SSLContext receiver;

  @BeforeAll
  static void makeCertificate() throws Exception {
    Path store = directory.resolve("keys.p12");
    var keytool =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-alias",
            "k",
            "-keyalg",
            "EC",
            "-dname",
            "CN=receiver.test",
            "-ext",
            "SAN=DNS:receiver.test",
            "-validity",
            "2",
            "-storetype",
            "PKCS12",
            "-storepass",
            "changeit",
            "-keystore",
            store.toString());
    assertThat(keytool.redirectErrorStream(true).start().waitFor()).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = new FileInputStream(store.toFile())) {
      keys.load(in, PASSWORD);
    }
    KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(keys, PASSWORD);
    TrustManagerFactory trusted =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    KeyStore anchors = KeyStore.getInstance("PKCS12");
    anchors.load(null, null);
    anchors.setCertificateEntry("k", keys.getCertificate("k"));
    trusted.init(anchors);
    receiver = SSLContext.getInstance("TLS");
    receiver.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
  }

  /**
   * Cloudreve #448 and #2100: without callbackSNI a virtual-hosted server cannot tell whom the
   * callback is for.
   */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void serverName_isSentOnlyWhenAskedFor(boolean sni) throws Exception {
    try (SSLServerSocket server = listen();
        CallbackSender sender = sender()) {
      CompletableFuture<List<String>> names = serve(server);
      CallbackOutcome outcome =
          sender.send(target(server, "receiver.test"), loopback(), sni, request());

      assertThat(outcome).isInstanceOf(CallbackOutcome.Delivered.class);
      assertThat(names.get()).isEqualTo(sni ? List.of("receiver.test") : List.of());
    }
  }

  @Test
  void certificateOfAnotherName_isStatus502() throws Exception {
    try (SSLServerSocket server = listen();
        CallbackSender sender = sender()) {
      serve(server);
      assertThat(sender.send(target(server, "other.test"), loopback(), true, request()))
          .isEqualTo(CallbackOutcome.Failed.status(502));
    }
  }

  @Test
  void untrustedCertificate_isStatus502() throws Exception {
    try (SSLServerSocket server = listen();
        CallbackSender sender = CallbackSender.trustingTheJdk(Duration.ofSeconds(5))) {
      serve(server);
      assertThat(sender.send(target(server, "receiver.test"), loopback(), true, request()))
          .isEqualTo(CallbackOutcome.Failed.status(502));
    }
  }

  @Test
  void serverThatDoesNotSpeakTls_isStatus502() throws Exception {
    try (var server = new ServerSocket(0, 1, loopback());
        CallbackSender sender = sender()) {
      Thread.ofVirtual()
          .start(() -> {
            try (var socket = server.accept()) {
              socket
                  .getOutputStream()
                  .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
              socket.getInputStream().readNBytes(100);
            } catch (java.io.IOException e) {
              throw new java.io.UncheckedIOException(e);
            }
          });
      var target = new CallbackTarget(true, "receiver.test", server.getLocalPort(), "/", "");
      assertThat(sender.send(target, loopback(), true, request()))
          .isEqualTo(CallbackOutcome.Failed.status(502));
    }
  }

  private static CallbackSender sender() {
    return new CallbackSender(Duration.ofSeconds(5), receiver.getSocketFactory());
  }

  private static SSLServerSocket listen() throws Exception {
    return (SSLServerSocket) receiver.getServerSocketFactory().createServerSocket(0, 1, loopback());
  }

  /** Answers one callback and tells which server names the client asked for. */
  private static CompletableFuture<List<String>> serve(SSLServerSocket server) {
    var names = new CompletableFuture<List<String>>();
    Thread.ofVirtual()
        .start(() -> {
          try (var socket = (SSLSocket) server.accept()) {
            socket.getInputStream().readNBytes(request().length);
            var session = (ExtendedSSLSession) socket.getSession();
            socket
                .getOutputStream()
                .write(
                    "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"
                        .getBytes(StandardCharsets.US_ASCII));
            names.complete(
                session.getRequestedServerNames().stream()
                    .map(n -> new String(n.getEncoded(), StandardCharsets.US_ASCII))
                    .toList());
          } catch (java.io.IOException e) {
            names.completeExceptionally(e);
          }
        });
    return names;
  }

  private static CallbackTarget target(SSLServerSocket server, String host) {
    return new CallbackTarget(true, host, server.getLocalPort(), "/", "");
  }

  private static InetAddress loopback() throws java.net.UnknownHostException {
    return InetAddress.getByName("127.0.0.1");
  }

  private static byte[] request() {
    return "POST / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  }
}
