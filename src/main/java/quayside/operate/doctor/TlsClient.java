package quayside.operate.doctor;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * TLS that accepts any certificate, to look at it afterwards: what is sent over it is no secret.
 *
 * @param sni whether the host is named in the handshake; OSS does so only with {@code callbackSNI}
 */
record TlsClient(boolean sni) {

  /** A handshake over a connection, which is closed with it. */
  SSLSocket over(Socket plain, Endpoint endpoint) throws IOException {
    SSLSocket socket =
        (SSLSocket)
            context()
                .getSocketFactory()
                .createSocket(plain, endpoint.host(), endpoint.port(), true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setServerNames(
        sni && !isAddress(endpoint.host()) ? List.of(new SNIHostName(endpoint.host())) : List.of());
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  static boolean isAddress(String host) {
    return host.matches("[0-9.]+") || host.contains(":");
  }

  private static SSLContext context() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new Anything()}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has TLS", e);
    }
  }

  /** Looks away. */
  private static final class Anything implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
