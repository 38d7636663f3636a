package quayside.laptop.oss.signature;

import quayside.laptop.oss.http.OssException;

/**
 * A policy whose signature, expiry and field conditions hold; what is left is the file's length.
 * Only {@link PolicyVerifier} makes one.
 */
public final class VerifiedPolicy {
  private final PostPolicy policy;

  VerifiedPolicy(PostPolicy policy) {
    this.policy = policy;
  }

  /**
   * Checks every content-length-range.
   *
   * @throws OssException {@code EntityTooSmall} or {@code EntityTooLarge}
   */
  public void requireLength(long sizeBytes) {
    for (PolicyCondition condition : policy.conditions()) {
      if (condition instanceof PolicyCondition.LengthRange range) {
        if (sizeBytes < range.minBytes()) {
          throw new OssException(
              400,
              "EntityTooSmall",
              "Your proposed upload is smaller than the minimum allowed size.");
        }
        if (sizeBytes > range.maxBytes()) {
          throw new OssException(
              400, "EntityTooLarge", "Your proposed upload exceeds the maximum allowed size.");
        }
      }
    }
  }
}
