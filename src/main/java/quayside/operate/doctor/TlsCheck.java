package quayside.operate.doctor;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLSocket;

/**
 * The certificate, as OSS sees it: without SNI, unless the callback parameter says {@code
 * "callbackSNI": true}. A wrong one costs every callback, and the uploader sees status 502.
 */
final class TlsCheck implements Check {
  private static final Duration RENEW_BEFORE = Duration.ofDays(14);
  private static final String SNI_ADVICE =
      "Serve this host's certificate by default (nginx: default_server), or set \"callbackSNI\": true"
          + " in the callback parameter of every upload and run this with --callback-sni.";

  private final Endpoint endpoint;
  private final DoctorOptions options;

  TlsCheck(Endpoint endpoint, DoctorOptions options) {
    this.endpoint = endpoint;
    this.options = options;
  }

  @Override
  public String name() {
    return "tls";
  }

  @Override
  public List<Finding> run() throws GeneralSecurityException {
    if (!endpoint.tls()) {
      return List.of(
          Finding.warn(
              "tls",
              "callbacks travel unencrypted over http",
              "Use https where the network between OSS and here is not your own."));
    }
    List<Finding> findings = new ArrayList<>();
    List<X509Certificate> served;
    try {
      served = certificates(true);
    } catch (IOException e) {
      return List.of(
          Finding.fail(
              "tls",
              "no handshake with " + endpoint.authority() + ": " + Causes.text(e),
              "Have the server offer TLS 1.2 or 1.3 on this port, reachable from the internet."));
    }
    findings.add(withoutSni(served));
    findings.addAll(judge(served));
    return findings;
  }

  private Finding withoutSni(List<X509Certificate> named) {
    String check = "tls-without-sni";
    try {
      X509Certificate leaf = certificates(false).getFirst();
      if (leaf.equals(named.getFirst()) || HostNames.match(leaf, endpoint.host())) {
        return Finding.ok(check, "the same host is served without SNI");
      }
      return sniNeeded(
          "without SNI the certificate of " + leaf.getSubjectX500Principal() + " is served");
    } catch (IOException e) {
      return sniNeeded("without SNI the handshake fails: " + Causes.text(e));
    }
  }

  private Finding sniNeeded(String seen) {
    return options.callbackSni()
        ? Finding.ok("tls-without-sni", seen + "; uploads ask for SNI")
        : Finding.fail("tls-without-sni", seen, SNI_ADVICE);
  }

  private List<Finding> judge(List<X509Certificate> chain) throws GeneralSecurityException {
    X509Certificate leaf = chain.getFirst();
    return List.of(host(leaf), expiry(leaf), chain(chain));
  }

  private Finding host(X509Certificate leaf) {
    List<String> names = HostNames.of(leaf);
    return HostNames.match(leaf, endpoint.host())
        ? Finding.ok("tls-host", "the certificate is for " + endpoint.host())
        : Finding.fail(
            "tls-host",
            "the certificate is for " + names + ", not for " + endpoint.host(),
            "Get a certificate that names " + endpoint.host() + ", or dial a name that it has.");
  }

  private Finding expiry(X509Certificate leaf) {
    Instant now = options.clock().instant();
    Instant end = leaf.getNotAfter().toInstant();
    if (now.isAfter(end)) {
      return Finding.fail("tls-expiry", "the certificate expired on " + end, "Renew it now.");
    }
    if (now.isBefore(leaf.getNotBefore().toInstant())) {
      return Finding.fail(
          "tls-expiry",
          "the certificate is valid from " + leaf.getNotBefore().toInstant(),
          "Check the clocks, or use a certificate that is valid already.");
    }
    if (now.plus(RENEW_BEFORE).isAfter(end)) {
      return Finding.warn(
          "tls-expiry",
          "the certificate expires on " + end,
          "Renew it, and find out why it was not.");
    }
    return Finding.ok("tls-expiry", "valid until " + end);
  }

  private Finding chain(List<X509Certificate> chain) throws GeneralSecurityException {
    String problem = TrustedChains.problem(chain, options.certificates());
    return problem.isEmpty()
        ? Finding.ok("tls-chain", "a trusted authority vouches for it")
        : Finding.fail(
            "tls-chain",
            "not vouched for by a known authority: " + problem,
            "Serve the certificate with its intermediates (fullchain.pem), issued by a public"
                + " authority; OSS knows no private ones.");
  }

  private List<X509Certificate> certificates(boolean sni) throws IOException {
    int millis = (int) options.timeout().toMillis();
    try (Socket plain = new Socket()) {
      plain.connect(new InetSocketAddress(endpoint.host(), endpoint.port()), millis);
      plain.setSoTimeout(millis);
      try (SSLSocket socket = new TlsClient(sni).over(plain, endpoint)) {
        List<X509Certificate> chain = new ArrayList<>();
        for (Certificate certificate : socket.getSession().getPeerCertificates()) {
          chain.add((X509Certificate) certificate);
        }
        return chain;
      }
    }
  }
}
