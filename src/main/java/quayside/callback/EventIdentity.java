package quayside.callback;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import quayside.callback.CallbackVerifier.VerifiedCallback;

/**
 * The event id of a callback that carries no request id in its signed body: {@code sha256-} and the
 * lower-case hex of SHA-256(SHA-256(signed bytes) + request-id header in UTF-8). The inner hash has
 * a fixed length, so signed bytes and header cannot flow into each other. What the id can and
 * cannot tell apart: {@code schemas/README.md}.
 */
final class EventIdentity {
  private EventIdentity() {}

  static String of(VerifiedCallback callback) {
    MessageDigest sha256 = sha256();
    byte[] inner = sha256.digest(callback.signedBytes().toArray());
    sha256.update(inner);
    @Nullable String requestId = callback.hint(CallbackHeaders.REQUEST_ID);
    byte[] outer = sha256.digest(Bytes.utf8(requestId == null ? "" : requestId).toArray());
    return "sha256-" + HexFormat.of().formatHex(outer);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
