package quayside.operate.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Whether an authority that everybody knows vouches for a chain of certificates. */
final class TrustedChains {
  private TrustedChains() {}

  /** Why it does not, or nothing. A certificate out of its time is not a matter of trust. */
  static String problem(List<X509Certificate> chain, Optional<Path> additional)
      throws GeneralSecurityException {
    String platform = problem(chain, (KeyStore) null);
    if (platform.isEmpty() || additional.isEmpty()) {
      return platform;
    }
    return problem(chain, read(additional.get()));
  }

  private static String problem(List<X509Certificate> chain, @Nullable KeyStore authorities)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(authorities);
    String keyType = chain.getFirst().getPublicKey().getAlgorithm();
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509TrustManager x509) {
        try {
          x509.checkServerTrusted(chain.toArray(X509Certificate[]::new), keyType);
        } catch (CertificateException e) {
          return isAboutTime(e) ? "" : Causes.text(e);
        }
      }
    }
    return "";
  }

  private static boolean isAboutTime(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateExpiredException
          || cause instanceof CertificateNotYetValidException) {
        return true;
      }
    }
    return false;
  }

  private static KeyStore read(Path pem) throws GeneralSecurityException {
    try (InputStream in = Files.newInputStream(pem)) {
      KeyStore authorities = KeyStore.getInstance(KeyStore.getDefaultType());
      authorities.load(null, null);
      int number = 0;
      for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        authorities.setCertificateEntry("authority-" + number++, each);
      }
      return authorities;
    } catch (IOException e) {
      throw new CertificateException("cannot read " + pem.toAbsolutePath(), e);
    }
  }
}
