package quayside.console.page;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/** SHA-256 as names of files and security policies have it. Stateless. */
final class Sha256 {
  private Sha256() {}

  static String hex(byte[] content) {
    return HexFormat.of().formatHex(digest(content));
  }

  /** A source expression of a Content-Security-Policy (CSP level 3, section 2.3.1). */
  static String source(byte[] content) {
    return "'sha256-" + Base64.getEncoder().encodeToString(digest(content)) + "'";
  }

  private static byte[] digest(byte[] content) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(content);
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }
}
