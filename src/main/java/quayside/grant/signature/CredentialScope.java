package quayside.grant.signature;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * What a V4 signing key is good for: one day, one region, one product.
 *
 * @param time of signing
 * @param region such as {@code cn-hangzhou}, without {@code oss-}
 * @param product {@code oss}, or {@code oss-cloudbox}
 */
record CredentialScope(Instant time, String region, String product) {
  private static final String TERMINATOR = "aliyun_v4_request";
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyyMMdd").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  static CredentialScope ofOss(Instant time, String region) {
    return new CredentialScope(time, region, "oss");
  }

  /** The value of {@code x-oss-date}. */
  String date() {
    return SECOND.format(time);
  }

  /** The value of {@code x-oss-credential}. */
  String credential(String accessKeyId) {
    return accessKeyId + "/" + text();
  }

  String text() {
    return DAY.format(time) + "/" + region + "/" + product + "/" + TERMINATOR;
  }

  /** The signing key: a chain of HMACs over the parts of the scope. */
  byte[] signingKey(String accessKeySecret) {
    byte[] key = ("aliyun_v4" + accessKeySecret).getBytes(StandardCharsets.UTF_8);
    for (String part : text().split("/")) {
      key = Hmac.sha256(key, part);
    }
    return key;
  }
}
