package quayside.laptop.oss.signature;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import quayside.laptop.oss.http.OssException;
import quayside.laptop.oss.http.OssRequest;

/**
 * Verifies request signatures. A request that passes silently was signed by one of the configured
 * credentials, for this very method, resource, query and set of {@code x-oss-*} headers, and is
 * neither too old nor expired. Thread-safe.
 *
 * <p>Does not check what a credential may do: every credential may do everything.
 */
public final class RequestVerifier {
  private final KeyRing keys;
  private final String region;
  private final SignedTimes times;

  public RequestVerifier(KeyRing keys, String region, Clock clock) {
    this.keys = keys;
    this.region = region;
    this.times = new SignedTimes(clock);
  }

  /**
   * Verifies.
   *
   * @throws OssException {@code AccessDenied} for unsigned or expired requests, {@code
   *     InvalidAccessKeyId}, {@code SignatureDoesNotMatch} (with the string to sign, so that a
   *     client can be debugged), {@code RequestTimeTooSkewed}, {@code InvalidArgument} for
   *     malformed signatures
   */
  public void verify(OssRequest request) {
    Optional<String> authorization = request.header("authorization");
    boolean v1Query = request.query().has("OSSAccessKeyId");
    boolean v4Query = request.query().has("x-oss-signature-version");
    if (authorization.isPresent() && (v1Query || v4Query)) {
      throw OssException.invalidArgument(
          "Only one authentication mechanism is allowed: header or query.");
    }
    if (v4Query) {
      verifyV4Query(request);
    } else if (v1Query) {
      verifyV1Query(request);
    } else if (authorization.isEmpty()) {
      throw OssException.accessDenied(
          "You have no right to access this object because of bucket acl.");
    } else if (authorization.get().startsWith(SignatureV4.ALGORITHM + " ")) {
      verifyV4Header(request, authorization.get().substring(SignatureV4.ALGORITHM.length()));
    } else if (authorization.get().startsWith("OSS ")) {
      verifyV1Header(request, authorization.get().substring("OSS ".length()));
    } else {
      throw OssException.invalidArgument(
          "The authorization header is neither OSS nor " + SignatureV4.ALGORITHM + ".");
    }
  }

  private void verifyV1Header(OssRequest request, String authorization) {
    int colon = authorization.indexOf(':');
    if (colon < 0) {
      throw OssException.invalidArgument(
          "The authorization header must be OSS <access key id>:<signature>.");
    }
    // A browser cannot set Date, so x-oss-date stands for it.
    String date = request.header("x-oss-date").or(() -> request.header("date")).orElse("");
    times.requireRecent(SignedTimes.parseHttp(date));
    Credentials signer =
        keys.find(
            authorization.substring(0, colon).strip(), request.header("x-oss-security-token"));
    requireV1(request, signer, date, authorization.substring(colon + 1).strip());
  }

  private void verifyV1Query(OssRequest request) {
    String expires = parameter(request, "Expires");
    String signature = parameter(request, "Signature");
    times.requireUnexpired(expires);
    Optional<String> token = request.query().first("security-token");
    requireV1(request, keys.find(parameter(request, "OSSAccessKeyId"), token), expires, signature);
  }

  private static void requireV1(OssRequest request, Credentials signer, String date, String given) {
    String stringToSign = SignatureV1.stringToSign(request, date);
    requireSame(
        SignatureV1.sign(signer.accessKeySecret(), stringToSign), given, signer, stringToSign, "");
  }

  private void verifyV4Header(OssRequest request, String authorization) {
    Map<String, String> fields = fields(authorization);
    if (!request.header("x-oss-content-sha256").equals(Optional.of(SignatureV4.PAYLOAD))) {
      throw OssException.invalidArgument(
          "x-oss-content-sha256 must be " + SignatureV4.PAYLOAD + ".");
    }
    String date =
        request
            .header("x-oss-date")
            .or(() -> request.header("date").map(d -> SignedTimes.basic(SignedTimes.parseHttp(d))))
            .orElseThrow(
                () -> OssException.accessDenied("OSS authentication requires a valid Date."));
    times.requireRecent(SignedTimes.parseBasic(date));
    CredentialScope scope = CredentialScope.parse(fields.getOrDefault("Credential", ""));
    Credentials signer = keys.find(scope.accessKeyId(), request.header("x-oss-security-token"));
    Set<String> additional = headerNames(fields.getOrDefault("AdditionalHeaders", ""));
    requireV4(request, signer, scope, date, additional, fields.getOrDefault("Signature", ""));
  }

  private void verifyV4Query(OssRequest request) {
    if (!parameter(request, "x-oss-signature-version").equals(SignatureV4.ALGORITHM)) {
      throw OssException.invalidArgument(
          "x-oss-signature-version must be " + SignatureV4.ALGORITHM + ".");
    }
    String date = parameter(request, "x-oss-date");
    Instant signed = SignedTimes.parseBasic(date);
    times.requireUnexpired(signed, parameter(request, "x-oss-expires"));
    CredentialScope scope = CredentialScope.parse(parameter(request, "x-oss-credential"));
    Credentials signer =
        keys.find(scope.accessKeyId(), request.query().first("x-oss-security-token"));
    Set<String> additional =
        headerNames(request.query().first("x-oss-additional-headers").orElse(""));
    requireV4(request, signer, scope, date, additional, parameter(request, "x-oss-signature"));
  }

  private void requireV4(
      OssRequest request,
      Credentials signer,
      CredentialScope scope,
      String date,
      Set<String> additional,
      String given) {
    scope.requireFor(date, region);
    String canonical = SignatureV4.canonicalRequest(request, additional);
    String stringToSign = SignatureV4.stringToSign(date, scope, canonical);
    String computed = SignatureV4.sign(signer.accessKeySecret(), scope, stringToSign);
    requireSame(computed, given, signer, stringToSign, canonical);
  }

  private static void requireSame(
      String computed, String given, Credentials signer, String stringToSign, String canonical) {
    if (!Hmac.same(computed, given)) {
      var refusal =
          new OssException(
                  403,
                  "SignatureDoesNotMatch",
                  "The request signature we calculated does not match the signature you provided."
                      + " Check your key and signing method.")
              .with("OSSAccessKeyId", signer.accessKeyId())
              .with("SignatureProvided", given)
              .with("StringToSign", stringToSign);
      throw canonical.isEmpty() ? refusal : refusal.with("CanonicalRequest", canonical);
    }
  }

  private static String parameter(OssRequest request, String name) {
    return request
        .query()
        .first(name)
        .orElseThrow(
            () -> OssException.accessDenied("Query-string authentication requires " + name + "."));
  }

  private static Map<String, String> fields(String authorization) {
    var fields = new HashMap<String, String>();
    for (String field : List.of(authorization.split(","))) {
      int equals = field.indexOf('=');
      if (equals > 0) {
        fields.put(field.substring(0, equals).strip(), field.substring(equals + 1).strip());
      }
    }
    return fields;
  }

  private static Set<String> headerNames(String joined) {
    return Stream.of(joined.split(";"))
        .map(name -> name.strip().toLowerCase(Locale.ROOT))
        .filter(name -> !name.isEmpty())
        .collect(Collectors.toUnmodifiableSet());
  }
}
