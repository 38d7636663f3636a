package quayside.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.jspecify.annotations.Nullable;

/**
 * Signs events: a DSSE envelope around their {@link VerificationMaterial}, with one Ed25519
 * signature (RFC 8032). Signing is deterministic: one event written twice has one signature.
 * Immutable and thread-safe. Takes some 40 microseconds of CPU.
 *
 * @see <a href="https://github.com/secure-systems-lab/dsse/blob/v1.0.2/protocol.md">DSSE
 *     protocol</a>
 */
final class EventSigner {
  /** The version of the extension, and so how the payload is to be understood. */
  static final String PAYLOAD_TYPE = "https://cloudevents.io/verifiability/dsse/v0.1";

  private final String keyId;
  private final Ed25519PrivateKeyParameters key;

  /**
   * A signer.
   *
   * @param keyId under which verifiers know the key; needs no escaping in JSON
   */
  EventSigner(String keyId, Ed25519PrivateKeyParameters key) {
    this.keyId = keyId;
    this.key = key;
  }

  /**
   * The value of the attribute {@code dssematerial}: the envelope in Base64.
   *
   * @param data as it is written, or null for a tombstone
   */
  String sign(CloudEvent<?> event, byte @Nullable [] data) {
    Base64.Encoder base64 = Base64.getEncoder();
    byte[] payload = VerificationMaterial.of(event, data);
    String envelope =
        "{\"payloadType\":\""
            + PAYLOAD_TYPE
            + "\",\"payload\":\""
            + base64.encodeToString(payload)
            + "\",\"signatures\":[{\"keyid\":\""
            + keyId
            + "\",\"sig\":\""
            + base64.encodeToString(signature(payload))
            + "\"}]}";
    return base64.encodeToString(envelope.getBytes(UTF_8));
  }

  private byte[] signature(byte[] payload) {
    byte[] head =
        ("DSSEv1 " + PAYLOAD_TYPE.length() + " " + PAYLOAD_TYPE + " " + payload.length + " ")
            .getBytes(UTF_8);
    Ed25519Signer signer = new Ed25519Signer();
    signer.init(true, key);
    signer.update(head, 0, head.length);
    signer.update(payload, 0, payload.length);
    return signer.generateSignature();
  }

  /** The key is not shown. */
  @Override
  public String toString() {
    return "EventSigner[keyId=" + keyId + "]";
  }
}
