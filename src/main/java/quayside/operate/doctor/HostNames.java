package quayside.operate.doctor;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** The hosts a certificate is for: its subject alternative names (RFC 6125 section 6.4). */
final class HostNames {
  private static final int DNS = 2;
  private static final int ADDRESS = 7;

  private HostNames() {}

  static List<String> of(X509Certificate certificate) {
    List<String> names = new ArrayList<>();
    try {
      Collection<List<?>> all = certificate.getSubjectAlternativeNames();
      if (all != null) {
        for (List<?> name : all) {
          if (name.get(0).equals(DNS) || name.get(0).equals(ADDRESS)) {
            names.add(String.valueOf(name.get(1)).toLowerCase(Locale.ROOT));
          }
        }
      }
    } catch (CertificateParsingException unreadable) {
      // Names that cannot be read name nobody.
    }
    return names;
  }

  /** Whether the certificate is for this host; a * stands for one label at the beginning. */
  static boolean match(X509Certificate certificate, String host) {
    String wanted = host.toLowerCase(Locale.ROOT);
    return of(certificate).stream().anyMatch(name -> match(name, wanted));
  }

  private static boolean match(String name, String host) {
    int dot = host.indexOf('.');
    return name.equals(host)
        || name.startsWith("*.") && dot > 0 && host.substring(dot).equals(name.substring(1));
  }
}
