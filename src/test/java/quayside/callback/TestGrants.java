package quayside.callback;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import quayside.event.VerificationLevel;
import quayside.grant.token.Grant;
import quayside.grant.token.GrantId;
import quayside.grant.token.GrantKey;
import quayside.grant.token.GrantKeyRing;
import quayside.grant.token.GrantTokens;
import quayside.grant.token.GrantVerifier;
import quayside.grant.token.KeyScope;
import quayside.grant.token.UsedGrants;

/** Grants of one service: bucket {@code uploads}, key {@code a/b.txt}, five bytes of plain text. */
final class TestGrants {
  static final GrantId ID = new GrantId(0x0123456789abcdefL, 0xfedcba9876543210L);
  static final String ID_TEXT = "0123456789abcdeffedcba9876543210";

  private final Clock clock;
  private final UsedGrants used;

  TestGrants(Clock clock) {
    this.clock = clock;
    this.used = new UsedGrants(10, clock);
  }

  GrantCheck check(VerificationLevel requiredLevel) {
    GrantKeyRing keys = ring("k1", "0123456789abcdef0123456789abcdef");
    return new GrantCheck(new GrantVerifier(() -> keys, clock), used, requiredLevel);
  }

  String token() {
    return token(new KeyScope.Exactly("a/b.txt"));
  }

  String token(KeyScope keys) {
    return token(keys, clock.instant().plusSeconds(1));
  }

  String token(KeyScope keys, Instant expires) {
    return token("k1", "0123456789abcdef0123456789abcdef", keys, expires);
  }

  /** A token made with another key. */
  String foreignToken(String keyId, String secret) {
    return token(keyId, secret, new KeyScope.Exactly("a/b.txt"), clock.instant().plusSeconds(1));
  }

  int remembered() {
    return used.size();
  }

  private static String token(String keyId, String secret, KeyScope keys, Instant expires) {
    GrantKeyRing ring = ring(keyId, secret);
    return new GrantTokens(() -> ring)
        .mint(new Grant(ID, "uploads", keys, 5, Set.of("text/plain"), "alice", expires));
  }

  private static GrantKeyRing ring(String id, String secret) {
    return new GrantKeyRing(Map.of(id, GrantKey.of(id, secret)), Optional.of(id));
  }
}
