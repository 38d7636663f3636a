package quayside.callback;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import quayside.callback.CallbackVerifier.VerifiedCallback;
import quayside.grant.token.VerifiedGrant;
import quayside.signature.Bytes;

/**
 * The event id of a callback that carries no request id in its signed body: {@code sha256-} and the
 * lower-case hex of SHA-256(SHA-256(signed bytes) + supplement in UTF-8). The supplement is the id
 * of the grant, when there is one, else the request-id header. The inner hash has a fixed length,
 * so signed bytes and supplement cannot flow into each other. What the id can and cannot tell
 * apart: {@code schemas/README.md}.
 */
final class EventIdentity {
  private EventIdentity() {}

  static String of(VerifiedCallback callback, Optional<VerifiedGrant> grant) {
    MessageDigest sha256 = sha256();
    byte[] inner = sha256.digest(callback.signedBytes().toArray());
    sha256.update(inner);
    byte[] outer = sha256.digest(Bytes.utf8(supplement(callback, grant)).toArray());
    return "sha256-" + HexFormat.of().formatHex(outer);
  }

  private static String supplement(VerifiedCallback callback, Optional<VerifiedGrant> grant) {
    return grant
        .map(granted -> granted.id().text())
        .orElseGet(() -> Objects.requireNonNullElse(callback.hint(CallbackHeaders.REQUEST_ID), ""));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
