package quayside.signature;

import java.util.Base64;
import java.util.List;

/**
 * Proves that the owner of a trusted key signed a request. Stateless, thread-safe, no input or
 * output. Anything unexpected in the headers is a refusal with a reason of its own.
 *
 * <p>Signature version 2.0 is not publicly documented and refused; its verifier would be chosen
 * here.
 */
public final class SignatureCheck {
  /** The only version there is, also when the header is absent. */
  public static final String VERSION_1 = "1.0";

  private final KeyRing keys;
  private final SignatureVerifier version1;

  /** A check against these keys. */
  public SignatureCheck(KeyRing keys, SignatureVerifier version1) {
    this.keys = keys;
    this.version1 = version1;
  }

  /**
   * What was proven.
   *
   * @param signedBytes exactly what was signed
   * @param keyUrl the URL under which the proving key is known
   */
  public record Proof(Bytes signedBytes, String keyUrl) {}

  /**
   * Proves a request.
   *
   * @throws SignatureRefusedException when it cannot be proven, whatever the cause
   */
  public Proof verify(RequestTarget target, SignatureHeaders headers, Bytes body)
      throws SignatureRefusedException {
    requireVersion1(headers.version());
    String authorization =
        required(
            headers.authorization(),
            SignatureRefusal.AUTHORIZATION_MISSING,
            SignatureRefusal.AUTHORIZATION_REPEATED);
    PublicKey key = key(headers.pubKeyUrl());
    Bytes signature = base64(authorization, SignatureRefusal.SIGNATURE_NOT_BASE64);
    Bytes signedBytes = StringToSign.of(target, body);
    version1.verify(signedBytes, signature, key);
    return new Proof(signedBytes, key.url());
  }

  private static void requireVersion1(List<String> versions) throws SignatureRefusedException {
    if (versions.size() > 1) {
      throw new SignatureRefusedException(SignatureRefusal.SIGNATURE_VERSION_REPEATED);
    }
    if (!versions.isEmpty() && !versions.getFirst().equals(VERSION_1)) {
      throw new SignatureRefusedException(SignatureRefusal.SIGNATURE_VERSION_UNSUPPORTED);
    }
  }

  private PublicKey key(List<String> pubKeyUrls) throws SignatureRefusedException {
    String encoded =
        required(
            pubKeyUrls,
            SignatureRefusal.PUB_KEY_URL_MISSING,
            SignatureRefusal.PUB_KEY_URL_REPEATED);
    String url =
        PercentCoding.strictUtf8(
            base64(encoded, SignatureRefusal.PUB_KEY_URL_NOT_BASE64).toArray());
    return keys.find(url == null ? "" : url)
        .orElseThrow(() -> new SignatureRefusedException(SignatureRefusal.KEY_UNKNOWN));
  }

  private static String required(
      List<String> values, SignatureRefusal missing, SignatureRefusal repeated)
      throws SignatureRefusedException {
    if (values.size() > 1) {
      throw new SignatureRefusedException(repeated);
    }
    if (values.isEmpty() || values.getFirst().isEmpty()) {
      throw new SignatureRefusedException(missing);
    }
    return values.getFirst();
  }

  private static Bytes base64(String text, SignatureRefusal otherwise)
      throws SignatureRefusedException {
    try {
      return Bytes.copyOf(Base64.getDecoder().decode(text));
    } catch (IllegalArgumentException notBase64) {
      throw new SignatureRefusedException(otherwise);
    }
  }
}
