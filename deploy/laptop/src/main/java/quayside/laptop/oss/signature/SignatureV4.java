package quayside.laptop.oss.signature;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import quayside.laptop.oss.http.OssRequest;
import quayside.laptop.oss.http.Percent;
import quayside.laptop.oss.http.Query;

/**
 * OSS signature version 4: hexadecimal HMAC-SHA256, with a key derived for one day and region, over
 * the hash of a canonical request. Stateless.
 */
final class SignatureV4 {
  static final String ALGORITHM = "OSS4-HMAC-SHA256";

  /** OSS does not sign payloads: the hash is always this literal. */
  static final String PAYLOAD = "UNSIGNED-PAYLOAD";

  private static final String SIGNATURE_PARAMETER = "x-oss-signature";

  private SignatureV4() {}

  static String canonicalRequest(OssRequest request, Collection<String> additionalHeaders) {
    var additional = new TreeSet<>(additionalHeaders);
    return String.join(
        "\n",
        request.method(),
        Percent.encodePath(request.address().resource()),
        canonicalQuery(request.query()),
        canonicalHeaders(request, additional),
        String.join(";", additional),
        PAYLOAD);
  }

  static String stringToSign(String date, CredentialScope scope, String canonicalRequest) {
    return String.join("\n", ALGORITHM, date, scope.text(), Hmac.sha256Hex(canonicalRequest));
  }

  static String sign(String secret, CredentialScope scope, String stringToSign) {
    byte[] key = ("aliyun_v4" + secret).getBytes(StandardCharsets.UTF_8);
    for (String link :
        List.of(scope.day(), scope.region(), scope.product(), CredentialScope.TERMINATOR)) {
      key = Hmac.sha256(key, link);
    }
    return HexFormat.of().formatHex(Hmac.sha256(key, stringToSign));
  }

  private static String canonicalQuery(Query query) {
    var sorted = new TreeMap<String, String>();
    for (Query.Parameter parameter : query.parameters()) {
      if (!parameter.name().equals(SIGNATURE_PARAMETER)) {
        sorted.put(Percent.encode(parameter.name()), Percent.encode(parameter.value()));
      }
    }
    var text = new StringBuilder();
    sorted.forEach((name, value) -> {
      text.append(text.isEmpty() ? "" : "&").append(name);
      if (!value.isEmpty()) {
        text.append('=').append(value);
      }
    });
    return text.toString();
  }

  private static String canonicalHeaders(OssRequest request, Collection<String> additional) {
    var lines = new StringBuilder();
    new TreeMap<>(request.headers())
        .forEach((name, values) -> {
          if (isSignedByDefault(name) || additional.contains(name)) {
            lines.append(name).append(':').append(String.join(",", values)).append('\n');
          }
        });
    return lines.toString();
  }

  private static boolean isSignedByDefault(String name) {
    return name.startsWith("x-oss-") || name.equals("content-type") || name.equals("content-md5");
  }
}
