package quayside.laptop.oss.signature;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A key pair that may use the stand-in.
 *
 * @param accessKeyId the public half
 * @param accessKeySecret the secret half; never printed
 * @param securityToken for temporary (STS) credentials the token every request must carry, else
 *     null
 */
public record Credentials(
    String accessKeyId, String accessKeySecret, @Nullable String securityToken) {
  public Credentials {
    requireText("accessKeyId", accessKeyId);
    requireText("accessKeySecret", accessKeySecret);
  }

  public Credentials(String accessKeyId, String accessKeySecret) {
    this(accessKeyId, accessKeySecret, null);
  }

  private static void requireText(String field, String value) {
    if (Objects.requireNonNull(value, field).isBlank()) {
      throw new IllegalArgumentException(field + " is blank");
    }
  }

  @Override
  public String toString() {
    return "Credentials[accessKeyId=" + accessKeyId + "]";
  }
}
