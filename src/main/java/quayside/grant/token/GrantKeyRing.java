package quayside.grant.token;

import java.util.Map;
import java.util.Optional;

/**
 * The keys in force: all of them verify, one signs. Immutable.
 *
 * @param keys by id
 * @param signingId which one signs; empty when there is no key at all
 */
public record GrantKeyRing(Map<String, GrantKey> keys, Optional<String> signingId) {

  /** No key: every token is refused, none can be made. */
  public static final GrantKeyRing EMPTY = new GrantKeyRing(Map.of(), Optional.empty());

  public GrantKeyRing {
    keys = Map.copyOf(keys);
    if (signingId.isPresent() && !keys.containsKey(signingId.get())) {
      throw new IllegalArgumentException(
          "signing key \"" + signingId.get() + "\" must be one of the grant keys " + keys.keySet());
    }
    if (signingId.isEmpty() && !keys.isEmpty()) {
      throw new IllegalArgumentException("one of the grant keys " + keys.keySet() + " must sign");
    }
  }

  Optional<GrantKey> find(String id) {
    return Optional.ofNullable(keys.get(id));
  }

  /** The key that signs. */
  public Optional<GrantKey> signing() {
    return signingId.map(keys::get);
  }
}
