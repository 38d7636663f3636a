package quayside.console.page;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import quayside.grant.UploadOrigins;

/**
 * What the page may do: run its own files, show pictures of its own and those just dropped on it,
 * and speak with this service and, to upload, with OSS. No inline script or style, no evaluation,
 * no markup from text (Trusted Types), in nobody's frame. Stateless.
 */
final class SecurityPolicy {
  private SecurityPolicy() {}

  /** Headers of the page. */
  static Map<String, String> headers(Collection<String> uploadOrigins) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Security-Policy", contentSecurityPolicy(uploadOrigins));
    headers.put("Cross-Origin-Opener-Policy", "same-origin");
    headers.put("Cross-Origin-Resource-Policy", "same-origin");
    headers.put("Referrer-Policy", "no-referrer");
    headers.put("X-Content-Type-Options", "nosniff");
    return headers;
  }

  /**
   * Content Security Policy, level 3.
   *
   * @param uploadOrigins as {@link UploadOrigins} has them
   */
  private static String contentSecurityPolicy(Collection<String> uploadOrigins) {
    return String.join(
        "; ",
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' blob:",
        ("connect-src 'self' " + String.join(" ", uploadOrigins)).strip(),
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'");
  }
}
