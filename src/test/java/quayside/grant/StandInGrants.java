package quayside.grant;

import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.NullUnmarked;
import quayside.LaptopStackResource;
import quayside.grant.GrantRequest.RequestedVersion;
import quayside.grant.signature.Credentials;
import quayside.grant.signature.OssAddress;
import quayside.grant.signature.PolicySigner;
import quayside.grant.signature.UrlPresigner;
import quayside.grant.template.BodyType;
import quayside.grant.template.CallbackTarget;
import quayside.grant.template.CallbackTemplate;
import quayside.grant.template.SystemVariable;
import quayside.grant.token.GrantKey;
import quayside.grant.token.GrantKeyRing;
import quayside.grant.token.GrantTokens;
import quayside.grant.token.GrantVerifier;
import quayside.grant.token.ReportedUpload;
import quayside.grant.token.UploadTickets;
import quayside.grant.token.VerifiedGrant;

/**
 * Issues grants for uploads to the OSS stand-in, and verifies what is reported of them as the
 * ingress would.
 */
@NullUnmarked // A null where none belongs fails the test.
final class StandInGrants {
  static final String NOTE = "a \"quoted\" & 照片 + 100%";
  private static final GrantKeyRing KEYS =
      new GrantKeyRing(
          Map.of("k", GrantKey.of("k", "0123456789abcdef0123456789abcdef")), Optional.of("k"));

  private final URI callback;
  private final URI endpoint =
      URI.create(LaptopStackResource.running().getProperty("oss.endpoint"));

  /** Whose uploads are called back here. */
  StandInGrants(URI callback) {
    this.callback = callback;
  }

  IssuedGrant issue(BodyType type, GrantRequest request) throws NotIssuedException {
    return issuer(type).issue(request, new Caller("alice", true));
  }

  static GrantRequest request(
      UploadMethod method, RequestedVersion version, String key, String prefix) {
    return new GrantRequest(
        null,
        key,
        prefix,
        List.of("image/png"),
        1000L,
        method,
        version,
        Map.of("note", NOTE),
        null,
        null);
  }

  static VerifiedGrant verify(Map<String, String> fields) throws Exception {
    return new GrantVerifier(() -> KEYS, Clock.systemUTC())
        .verify(
            fields.get("grant"),
            new ReportedUpload(
                fields.get("bucket"),
                fields.get("object"),
                Long.valueOf(fields.get("size")),
                fields.get("mimeType")));
  }

  private GrantIssuer issuer(BodyType type) {
    Clock clock = Clock.systemUTC();
    Duration hour = Duration.ofHours(1);
    GrantLimits limits =
        new GrantLimits(
            Map.of("uploads", new BucketRules(List.of("grants/"), 5000)),
            Optional.empty(),
            hour,
            hour,
            hour);
    Credentials credentials = new Credentials("local", "local-secret", null);
    OssAddress address = new OssAddress(endpoint, OssAddress.Style.PATH);
    UrlPresigner presigner = new UrlPresigner(address, "cn-hangzhou", credentials, clock);
    return new GrantIssuer(
        new GrantRules(limits, new SecureRandom(), clock),
        new GrantTokens(() -> KEYS),
        new CallbackTemplate(
            new CallbackTarget(List.of(callback), Optional.empty()),
            type,
            new LinkedHashSet<>(EnumSet.allOf(SystemVariable.class))),
        presigner,
        new PolicySigner(address, "cn-hangzhou", credentials, clock),
        new MultipartIssuer(new UploadTickets(() -> KEYS, clock), presigner, 100, clock));
  }
}
