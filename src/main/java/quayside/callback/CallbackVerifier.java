package quayside.callback;

import org.jspecify.annotations.Nullable;
import quayside.signature.Bytes;
import quayside.signature.KeyRing;
import quayside.signature.SignatureCheck;
import quayside.signature.SignatureHeaders;
import quayside.signature.SignatureRefusedException;
import quayside.signature.SignatureSelfTest;
import quayside.signature.SignatureVerifier;

/**
 * The only way from {@link UnverifiedCallback} to {@link VerifiedCallback}: the owner of a trusted
 * key signed it. Stateless, thread-safe, no input or output.
 */
final class CallbackVerifier {
  private final SignatureCheck check;

  CallbackVerifier(KeyRing keys, SignatureVerifier version1) {
    this.check = new SignatureCheck(keys, version1);
  }

  /** The proven callback, or the reason why it is none. */
  VerifiedCallback verify(UnverifiedCallback callback) throws CallbackRefusedException {
    try {
      SignatureCheck.Proof proof =
          check.verify(callback.target(), signature(callback.headers()), callback.body());
      return new VerifiedCallback(callback, proof);
    } catch (SignatureRefusedException e) {
      throw new CallbackRefusedException(e);
    }
  }

  /** Returns silently when this runtime can verify callbacks. */
  void testItself() throws SignatureRefusedException {
    SignatureSelfTest.run(check);
  }

  private static SignatureHeaders signature(CallbackHeaders headers) {
    return new SignatureHeaders(
        headers.all(CallbackHeaders.AUTHORIZATION),
        headers.all(CallbackHeaders.PUB_KEY_URL),
        headers.all(CallbackHeaders.SIGNATURE_VERSION));
  }

  /** A callback whose target and body are proven. Its headers are still only hints. */
  static final class VerifiedCallback {
    private final UnverifiedCallback callback;
    private final SignatureCheck.Proof proof;

    private VerifiedCallback(UnverifiedCallback callback, SignatureCheck.Proof proof) {
      this.callback = callback;
      this.proof = proof;
    }

    /** The body, proven. */
    Bytes body() {
      return callback.body();
    }

    /** Exactly what was signed. */
    Bytes signedBytes() {
      return proof.signedBytes();
    }

    /** The URL under which the proving key is known. */
    String keyUrl() {
      return proof.keyUrl();
    }

    /** The value of a header, unproven; null when absent or repeated. */
    @Nullable String hint(String header) {
      return callback.headers().hint(header);
    }
  }
}
