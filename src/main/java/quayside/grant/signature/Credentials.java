package quayside.grant.signature;

import org.jspecify.annotations.Nullable;

/**
 * Whose signature it is. The text form hides the secrets.
 *
 * @param accessKeyId public part
 * @param accessKeySecret signs
 * @param securityToken of temporary (STS) credentials, else null
 */
public record Credentials(
    String accessKeyId, String accessKeySecret, @Nullable String securityToken) {

  public Credentials {
    requireText("accessKeyId", accessKeyId);
    requireText("accessKeySecret", accessKeySecret);
    if (securityToken != null) {
      requireText("securityToken", securityToken);
    }
  }

  private static void requireText(String field, String value) {
    if (value.isBlank()) {
      throw new IllegalArgumentException(field + " must not be blank");
    }
  }

  @Override
  public String toString() {
    return "Credentials[accessKeyId=" + accessKeyId + "]";
  }
}
