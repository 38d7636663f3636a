package quayside.grant.signature;

import java.util.Collection;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Signature version 4, {@code OSS4-HMAC-SHA256}. Stateless. */
final class SignatureV4 {
  static final String ALGORITHM = "OSS4-HMAC-SHA256";
  private static final String PAYLOAD = "UNSIGNED-PAYLOAD";

  private SignatureV4() {}

  /**
   * The text that stands for the request. {@code content-type}, {@code content-md5} and {@code
   * x-oss-*} headers are signed when they are sent; others only when named.
   *
   * @param additionalHeaders further header names to sign
   */
  static String canonicalRequest(SignableRequest request, Collection<String> additionalHeaders) {
    Collection<String> additional = lowerCase(additionalHeaders);
    String headers =
        request.headers().entrySet().stream()
            .filter(h -> isSignedByDefault(h.getKey()) || additional.contains(h.getKey()))
            .map(h -> h.getKey() + ":" + h.getValue() + "\n")
            .collect(Collectors.joining());
    return String.join(
        "\n",
        request.method(),
        UriText.encodePath(request.resource()),
        canonicalQuery(request.query()),
        headers,
        additionalHeaderNames(additional),
        PAYLOAD);
  }

  /** The value of {@code x-oss-additional-headers}. */
  static String additionalHeaderNames(Collection<String> names) {
    return String.join(";", lowerCase(names));
  }

  /**
   * The query, encoded, in the order of the encoded names; the part of a presigned URL after the
   * question mark.
   */
  static String canonicalQuery(Map<String, String> query) {
    Map<String, String> encoded = new TreeMap<>();
    query.forEach((name, value) -> encoded.put(UriText.encode(name), UriText.encode(value)));
    return encoded.entrySet().stream()
        .map(p -> p.getValue().isEmpty() ? p.getKey() : p.getKey() + "=" + p.getValue())
        .collect(Collectors.joining("&"));
  }

  static String stringToSign(CredentialScope scope, String canonicalRequest) {
    return String.join(
        "\n", ALGORITHM, scope.date(), scope.text(), Hmac.hexSha256(canonicalRequest));
  }

  /** Signs a string to sign, or the Base64 text of a policy. */
  static String sign(CredentialScope scope, String accessKeySecret, String text) {
    return HexFormat.of().formatHex(Hmac.sha256(scope.signingKey(accessKeySecret), text));
  }

  private static boolean isSignedByDefault(String header) {
    return header.equals("content-type")
        || header.equals("content-md5")
        || header.startsWith("x-oss-");
  }

  private static Collection<String> lowerCase(Collection<String> names) {
    return names.stream()
        .map(name -> name.toLowerCase(Locale.ROOT))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
