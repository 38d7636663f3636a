package quayside.operate.doctor;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.function.Function;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint on loopback that answers each request by a function of its head, and closes; by https
 * with a certificate chosen by SNI.
 */
final class CallbackServer implements AutoCloseable {
  private final ServerSocket socket;
  private final boolean tls;
  private final Function<String, byte[]> answers;

  private CallbackServer(ServerSocket socket, boolean tls, Function<String, byte[]> answers) {
    this.socket = socket;
    this.tls = tls;
    this.answers = answers;
    Thread.ofVirtual().start(this::serve);
  }

  static CallbackServer http(Function<String, byte[]> answers) throws IOException {
    return new CallbackServer(
        new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), false, answers);
  }

  /** Without SNI the second certificate is served; null refuses the handshake then. */
  static CallbackServer https(
      Certificates named, @Nullable Certificates unnamed, Function<String, byte[]> answers)
      throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(new KeyManager[] {new BySni(named, unnamed)}, null, null);
    ServerSocket socket =
        context
            .getServerSocketFactory()
            .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    return new CallbackServer(socket, true, answers);
  }

  URI url(String target) {
    return URI.create(
        (tls ? "https://localhost:" : "http://localhost:") + socket.getLocalPort() + target);
  }

  private void serve() {
    while (!socket.isClosed()) {
      try {
        Socket connection = socket.accept();
        Thread.ofVirtual().start(() -> answer(connection));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void answer(Socket connection) {
    try (connection) {
      InputStream in = connection.getInputStream();
      String head = head(in);
      int length = head.indexOf("Content-Length: ") + "Content-Length: ".length();
      in.readNBytes(Integer.parseInt(head.substring(length, head.indexOf("\r\n", length))));
      byte[] answer = answers.apply(head);
      connection.getOutputStream().write(answer);
      connection.getOutputStream().flush();
      if (new String(answer, StandardCharsets.ISO_8859_1).contains("keep-alive")) {
        in.read();
      }
    } catch (IOException gone) {
      // The doctor hangs up when it has seen enough.
    }
  }

  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int octet = in.read();
      if (octet < 0) {
        throw new IOException("gone");
      }
      head.write(octet);
    }
    return head.toString(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Serves one certificate to those who name a host, another to those who do not. */
  private static final class BySni extends X509ExtendedKeyManager {
    private final Certificates named;
    private final @Nullable Certificates unnamed;

    BySni(Certificates named, @Nullable Certificates unnamed) {
      this.named = named;
      this.unnamed = unnamed;
    }

    @Override
    public @Nullable String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
      if (!type.equals("EC")) {
        return null;
      }
      ExtendedSSLSession session = (ExtendedSSLSession) ((SSLSocket) socket).getHandshakeSession();
      boolean asked = !session.getRequestedServerNames().isEmpty();
      return asked ? "named" : unnamed == null ? null : "unnamed";
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
      try {
        KeyStore store = store(alias);
        return new X509Certificate[] {
          (X509Certificate) store.getCertificate(Collections.list(store.aliases()).getFirst())
        };
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
      try {
        KeyStore store = store(alias);
        return (PrivateKey)
            store.getKey(
                Collections.list(store.aliases()).getFirst(), Certificates.PASSWORD.toCharArray());
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }

    private KeyStore store(String alias) {
      return alias.equals("named") || unnamed == null ? named.open() : unnamed.open();
    }

    @Override
    public String[] getServerAliases(String type, Principal[] issuers) {
      return new String[] {"named", "unnamed"};
    }

    @Override
    public String[] getClientAliases(String type, Principal[] issuers) {
      return new String[0];
    }

    @Override
    public @Nullable String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
      return null;
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
        String type, Principal[] issuers, SSLEngine engine) {
      return null;
    }
  }
}
