package quayside.grant.signature;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Signature version 1, HMAC-SHA1. Stateless. */
final class SignatureV1 {
  /**
   * Query parameters that are part of the resource; of OSS's long list, those an object upload or
   * read can carry.
   */
  private static final Set<String> SUB_RESOURCES =
      Set.of(
          "callback",
          "callback-var",
          "partNumber",
          "security-token",
          "uploadId",
          "uploads",
          "versionId",
          "x-oss-traffic-limit");

  private SignatureV1() {}

  /**
   * The text to sign. Unlike V4, the key and the values of the query are signed as they are, not
   * encoded.
   *
   * @param date the {@code Date} header of a request, or the {@code Expires} of a presigned URL
   */
  static String stringToSign(SignableRequest request, String date) {
    String ossHeaders =
        request.headers().entrySet().stream()
            .filter(h -> h.getKey().startsWith("x-oss-"))
            .map(h -> h.getKey() + ":" + h.getValue() + "\n")
            .collect(Collectors.joining());
    return String.join(
        "\n",
        request.method(),
        request.headers().getOrDefault("content-md5", ""),
        request.headers().getOrDefault("content-type", ""),
        date,
        ossHeaders + request.resource() + subResources(request.query()));
  }

  /** Signs a string to sign, or the Base64 text of a policy. */
  static String sign(String accessKeySecret, String text) {
    byte[] key = accessKeySecret.getBytes(StandardCharsets.UTF_8);
    return Base64.getEncoder().encodeToString(Hmac.sha1(key, text));
  }

  private static String subResources(Map<String, String> query) {
    String signed =
        new TreeMap<>(query)
            .entrySet().stream()
                .filter(p -> SUB_RESOURCES.contains(p.getKey()))
                .map(p -> p.getValue().isEmpty() ? p.getKey() : p.getKey() + "=" + p.getValue())
                .collect(Collectors.joining("&"));
    return signed.isEmpty() ? "" : "?" + signed;
  }
}
