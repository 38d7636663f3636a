package quayside.callback;

import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Proves that the owner of a trusted key signed a callback: the only way from {@link
 * UnverifiedCallback} to {@link VerifiedCallback}. Stateless, thread-safe, no input or output.
 * Anything unexpected in the headers is a refusal with a reason of its own.
 *
 * <p>Signature version 2.0 is not publicly documented and refused; its verifier would be chosen
 * here.
 */
final class CallbackVerifier {
  static final String VERSION_1 = "1.0";

  private final KeyRing keys;
  private final SignatureVerifier version1;

  CallbackVerifier(KeyRing keys, SignatureVerifier version1) {
    this.keys = keys;
    this.version1 = version1;
  }

  /** The proven callback, or the reason why it is none. */
  VerifiedCallback verify(UnverifiedCallback callback) throws CallbackRefusedException {
    CallbackHeaders headers = callback.headers();
    requireVersion1(headers);
    String authorization =
        required(
            headers.all(CallbackHeaders.AUTHORIZATION),
            RefusalReason.AUTHORIZATION_MISSING,
            RefusalReason.AUTHORIZATION_REPEATED);
    PublicKey key = key(headers);
    Bytes signature = base64(authorization, RefusalReason.SIGNATURE_NOT_BASE64);
    Bytes signedBytes = callback.signedBytes();
    version1.verify(signedBytes, signature, key);
    return new VerifiedCallback(callback, signedBytes, key.url());
  }

  private static void requireVersion1(CallbackHeaders headers) throws CallbackRefusedException {
    List<String> versions = headers.all(CallbackHeaders.SIGNATURE_VERSION);
    if (versions.size() > 1) {
      throw new CallbackRefusedException(RefusalReason.SIGNATURE_VERSION_REPEATED);
    }
    if (!versions.isEmpty() && !versions.getFirst().equals(VERSION_1)) {
      throw new CallbackRefusedException(RefusalReason.SIGNATURE_VERSION_UNSUPPORTED);
    }
  }

  private PublicKey key(CallbackHeaders headers) throws CallbackRefusedException {
    String encoded =
        required(
            headers.all(CallbackHeaders.PUB_KEY_URL),
            RefusalReason.PUB_KEY_URL_MISSING,
            RefusalReason.PUB_KEY_URL_REPEATED);
    String url =
        PercentCoding.strictUtf8(base64(encoded, RefusalReason.PUB_KEY_URL_NOT_BASE64).toArray());
    return keys.find(url == null ? "" : url)
        .orElseThrow(() -> new CallbackRefusedException(RefusalReason.KEY_UNKNOWN));
  }

  private static String required(List<String> values, RefusalReason missing, RefusalReason repeated)
      throws CallbackRefusedException {
    if (values.size() > 1) {
      throw new CallbackRefusedException(repeated);
    }
    if (values.isEmpty() || values.getFirst().isEmpty()) {
      throw new CallbackRefusedException(missing);
    }
    return values.getFirst();
  }

  private static Bytes base64(String text, RefusalReason otherwise)
      throws CallbackRefusedException {
    try {
      return Bytes.copyOf(Base64.getDecoder().decode(text));
    } catch (IllegalArgumentException notBase64) {
      throw new CallbackRefusedException(otherwise);
    }
  }

  /** A callback whose target and body are proven. Its headers are still only hints. */
  static final class VerifiedCallback {
    private final UnverifiedCallback callback;
    private final Bytes signedBytes;
    private final String keyUrl;

    private VerifiedCallback(UnverifiedCallback callback, Bytes signedBytes, String keyUrl) {
      this.callback = callback;
      this.signedBytes = signedBytes;
      this.keyUrl = keyUrl;
    }

    /** The body, proven. */
    Bytes body() {
      return callback.body();
    }

    /** Exactly what was signed. */
    Bytes signedBytes() {
      return signedBytes;
    }

    /** The URL under which the proving key is known. */
    String keyUrl() {
      return keyUrl;
    }

    /** The value of a header, unproven; null when absent or repeated. */
    @Nullable String hint(String header) {
      return callback.headers().hint(header);
    }
  }
}
