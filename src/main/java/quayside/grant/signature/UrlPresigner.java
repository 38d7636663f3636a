package quayside.grant.signature;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Presigns the URLs of uploads. The signature pins key, method, headers and query; not the length.
 * Thread-safe.
 */
public final class UrlPresigner {
  private final OssAddress address;
  private final String region;
  private final Credentials credentials;
  private final Clock clock;

  /**
   * A presigner for one endpoint.
   *
   * @param region such as {@code cn-hangzhou}
   */
  public UrlPresigner(OssAddress address, String region, Credentials credentials, Clock clock) {
    this.address = address;
    this.region = region;
    this.credentials = credentials;
    this.clock = clock;
  }

  /** Signs one request, from now on. */
  public PresignedRequest presign(RequestToSign unsigned, SignatureVersion version) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    SignableRequest request =
        new SignableRequest(
            unsigned.operation().method(),
            unsigned.bucket(),
            unsigned.key(),
            unsigned.query(),
            unsigned.headers());
    long seconds = unsigned.validity().toSeconds();
    SignableRequest signed =
        switch (version) {
          case V4 -> signV4(request, now, seconds);
          case V1 -> signV1(request, now.getEpochSecond() + seconds);
        };
    URI url =
        address.objectUrl(
            unsigned.bucket(), unsigned.key(), SignatureV4.canonicalQuery(signed.query()));
    return new PresignedRequest(url, unsigned.headers(), now.plusSeconds(seconds));
  }

  private SignableRequest signV4(SignableRequest request, Instant now, long expiresSeconds) {
    CredentialScope scope = CredentialScope.ofOss(now, region);
    SignableRequest complete =
        withToken(request, "x-oss-security-token")
            .with("x-oss-signature-version", SignatureV4.ALGORITHM)
            .with("x-oss-credential", scope.credential(credentials.accessKeyId()))
            .with("x-oss-date", scope.date())
            .with("x-oss-expires", Long.toString(expiresSeconds));
    String canonical = SignatureV4.canonicalRequest(complete, List.of());
    String text = SignatureV4.stringToSign(scope, canonical);
    return complete.with(
        "x-oss-signature", SignatureV4.sign(scope, credentials.accessKeySecret(), text));
  }

  private SignableRequest signV1(SignableRequest request, long expiresEpochSecond) {
    String expires = Long.toString(expiresEpochSecond);
    SignableRequest complete = withToken(request, "security-token");
    String text = SignatureV1.stringToSign(complete, expires);
    return complete
        .with("OSSAccessKeyId", credentials.accessKeyId())
        .with("Expires", expires)
        .with("Signature", SignatureV1.sign(credentials.accessKeySecret(), text));
  }

  private SignableRequest withToken(SignableRequest request, String parameter) {
    @Nullable String token = credentials.securityToken();
    return token == null ? request : request.with(parameter, token);
  }
}
