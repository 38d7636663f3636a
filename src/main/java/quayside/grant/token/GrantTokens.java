package quayside.grant.token;

import java.util.Base64;
import java.util.function.Supplier;

/** Makes grant tokens. Thread-safe. */
public final class GrantTokens {
  private final Supplier<GrantKeyRing> keys;

  public GrantTokens(Supplier<GrantKeyRing> keys) {
    this.keys = keys;
  }

  /**
   * The token of a grant.
   *
   * @throws IllegalStateException when there is no key to sign with
   */
  public String mint(Grant grant) {
    GrantKey key =
        keys.get().signing().orElseThrow(() -> new IllegalStateException("there is no grant key"));
    String payload =
        Base64.getUrlEncoder().withoutPadding().encodeToString(GrantPayload.write(grant));
    String signed = UnverifiedToken.VERSION + "." + key.id() + "." + payload;
    return signed + "." + key.mac(signed);
  }
}
