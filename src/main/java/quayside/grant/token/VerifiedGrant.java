package quayside.grant.token;

import java.util.Optional;

/**
 * A grant that covers the upload of a callback: only {@link GrantVerifier} makes one. Says what a
 * body that names no bucket or object was about. Immutable.
 */
public final class VerifiedGrant {
  private final Grant grant;
  private final String keyId;

  VerifiedGrant(Grant grant, String keyId) {
    this.grant = grant;
    this.keyId = keyId;
  }

  /** What was granted. */
  public Grant grant() {
    return grant;
  }

  /** The grant's id. */
  public GrantId id() {
    return grant.id();
  }

  /** The bucket of the upload. */
  public String bucket() {
    return grant.bucket();
  }

  /** The object key, when the grant is for exactly one. */
  public Optional<String> exactKey() {
    return grant.keys() instanceof KeyScope.Exactly(String key)
        ? Optional.of(key)
        : Optional.empty();
  }

  /** For whom the upload was granted. */
  public String subject() {
    return grant.subject();
  }

  /** The key that signed. */
  public String keyId() {
    return keyId;
  }

  @Override
  public String toString() {
    return "VerifiedGrant[id=" + grant.id() + ", keyId=" + keyId + "]";
  }
}
