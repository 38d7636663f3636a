package quayside.laptop.oss.operation;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import quayside.laptop.oss.http.OssException;
import quayside.laptop.oss.store.Content;

/** Checks a Content-MD5 that an uploader sent against what arrived. Stateless. */
final class Digest {
  private Digest() {}

  /**
   * Refuses what cannot be an MD5 before the body is read.
   *
   * @throws OssException {@code InvalidDigest}
   */
  static void requireWellFormed(Optional<String> contentMd5) {
    contentMd5.ifPresent(Digest::decode);
  }

  /**
   * Refuses content of another MD5.
   *
   * @throws OssException {@code InvalidDigest}
   */
  static void require(Optional<String> contentMd5, Content content) {
    contentMd5.ifPresent(given -> {
      if (!HexFormat.of().withUpperCase().formatHex(decode(given)).equals(content.md5())) {
        throw new OssException(
                400,
                "InvalidDigest",
                "The Content-MD5 you specified does not match the content received.")
            .with("Content-MD5", given);
      }
    });
  }

  /** The MD5 as a Content-MD5 header carries it. */
  static String base64(Content content) {
    return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(content.md5()));
  }

  private static byte[] decode(String contentMd5) {
    try {
      byte[] md5 = Base64.getDecoder().decode(contentMd5);
      if (md5.length == 16) {
        return md5;
      }
    } catch (IllegalArgumentException e) {
      // Falls through to the same refusal.
    }
    throw new OssException(400, "InvalidDigest", "The Content-MD5 you specified is not valid.")
        .with("Content-MD5", contentMd5);
  }
}
