package quayside.grant.token;

import java.time.Clock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Checks grant tokens against what callbacks report. Fails closed: what a callback does not say,
 * and the grant limits, is refused; only the bucket and an exact key may be missing, since the
 * grant itself tells them. Says nothing about earlier use: see {@link UsedGrants}. Does not block.
 * Thread-safe.
 */
public final class GrantVerifier {
  private final Supplier<GrantKeyRing> keys;
  private final Clock clock;

  public GrantVerifier(Supplier<GrantKeyRing> keys, Clock clock) {
    this.keys = keys;
    this.clock = clock;
  }

  /**
   * Verifies.
   *
   * @param token as it came, whatever it is
   * @throws GrantRefusedException when the token is not ours, no longer good, or for something else
   */
  public VerifiedGrant verify(String token, ReportedUpload upload) throws GrantRefusedException {
    UnverifiedToken parsed = UnverifiedToken.parse(token);
    GrantKey key = parsed.signer(keys.get());
    Grant grant = parsed.grant();
    require(clock.instant().isBefore(grant.expires()), GrantRefusal.EXPIRED);
    requireCovers(grant, upload);
    return new VerifiedGrant(grant, key.id());
  }

  private static void requireCovers(Grant grant, ReportedUpload upload)
      throws GrantRefusedException {
    @Nullable String bucket = upload.bucket();
    require(bucket == null || bucket.equals(grant.bucket()), GrantRefusal.BUCKET);
    @Nullable String key = upload.key();
    boolean keyIsGranted =
        key == null ? grant.keys() instanceof KeyScope.Exactly : grant.keys().contains(key);
    require(keyIsGranted, GrantRefusal.KEY);
    @Nullable Long size = upload.sizeBytes();
    require(size != null && size >= 0 && size <= grant.maxSizeBytes(), GrantRefusal.SIZE);
    @Nullable String type = upload.contentType();
    require(grant.allowsContentType(type == null ? "" : type), GrantRefusal.CONTENT_TYPE);
  }

  private static void require(boolean holds, GrantRefusal otherwise) throws GrantRefusedException {
    if (!holds) {
      throw new GrantRefusedException(otherwise);
    }
  }
}
