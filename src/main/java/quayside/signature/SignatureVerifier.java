package quayside.signature;

/**
 * Checks the signature of one version of the callback protocol. Implementations are stateless,
 * thread-safe and never use the network.
 */
@FunctionalInterface
public interface SignatureVerifier {

  /**
   * Returns silently when the key's owner signed these bytes.
   *
   * @param signature the signature, decoded
   * @throws SignatureRefusedException when it did not, whatever the cause
   */
  void verify(Bytes signedBytes, Bytes signature, PublicKey key) throws SignatureRefusedException;
}
