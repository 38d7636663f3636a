package quayside.laptop.oss.signature;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import quayside.laptop.oss.http.OssException;

/** The credentials the stand-in knows. Immutable. */
public final class KeyRing {
  private final Map<String, Credentials> byId;

  public KeyRing(List<Credentials> credentials) {
    byId =
        credentials.stream()
            .collect(Collectors.toUnmodifiableMap(Credentials::accessKeyId, Function.identity()));
  }

  /**
   * Finds the signer.
   *
   * @param token the security token the request carries; must be exactly the credential's own, or
   *     absent for a lasting credential
   * @throws OssException {@code InvalidAccessKeyId} or {@code InvalidSecurityToken}
   */
  Credentials find(String accessKeyId, Optional<String> token) {
    Credentials found = byId.get(accessKeyId);
    if (found == null) {
      throw new OssException(
              403,
              "InvalidAccessKeyId",
              "The OSS Access Key Id you provided does not exist in our records.")
          .with("OSSAccessKeyId", accessKeyId);
    }
    if (!Optional.ofNullable(found.securityToken()).equals(token)) {
      throw new OssException(
          403, "InvalidSecurityToken", "The security token you provided is invalid.");
    }
    return found;
  }
}
