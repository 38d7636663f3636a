package quayside.grant.token;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A grant, a matching upload and the keys: good as it stands, each part can be replaced by a bad
 * one.
 */
final class GrantScenario {
  static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");
  static final String SECRET = "0123456789abcdef0123456789abcdef";
  static final String OTHER_SECRET = "fedcba9876543210fedcba9876543210";

  Grant grant = grant(new KeyScope.Exactly("uploads/42/a.png"));
  ReportedUpload upload = new ReportedUpload("photos", "uploads/42/a.png", 1000L, "image/png");
  Instant now = NOW;
  GrantKeyRing minting = ring("k1", Map.of("k1", SECRET));
  GrantKeyRing verifying = minting;

  static Grant grant(KeyScope keys) {
    return new Grant(
        new GrantId(0x0123456789abcdefL, 0xfedcba9876543210L),
        "photos",
        keys,
        1000,
        Set.of("image/png", "image/jpeg"),
        "alice",
        NOW.plusSeconds(600));
  }

  static GrantKeyRing ring(String signing, Map<String, String> secrets) {
    Map<String, GrantKey> keys = new java.util.HashMap<>();
    secrets.forEach((id, secret) -> keys.put(id, GrantKey.of(id, secret)));
    return new GrantKeyRing(keys, Optional.of(signing));
  }

  GrantScenario withGrant(Grant other) {
    grant = other;
    return this;
  }

  GrantScenario withUpload(String bucket, String key, Long size, String contentType) {
    upload = new ReportedUpload(bucket, key, size, contentType);
    return this;
  }

  GrantScenario at(Instant time) {
    now = time;
    return this;
  }

  GrantScenario verifiedWith(GrantKeyRing keys) {
    verifying = keys;
    return this;
  }

  String token() {
    return new GrantTokens(() -> minting).mint(grant);
  }

  VerifiedGrant verify() throws GrantRefusedException {
    return verify(token());
  }

  VerifiedGrant verify(String token) throws GrantRefusedException {
    return new GrantVerifier(() -> verifying, Clock.fixed(now, ZoneOffset.UTC))
        .verify(token, upload);
  }

  /** The code of the refusal, or {@code accepted}. */
  String outcome() {
    return outcome(token());
  }

  String outcome(String token) {
    try {
      verify(token);
      return "accepted";
    } catch (GrantRefusedException e) {
      return e.reason().code();
    }
  }
}
