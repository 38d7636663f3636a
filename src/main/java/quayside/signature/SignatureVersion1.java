package quayside.signature;

import java.util.Arrays;
import org.bouncycastle.crypto.digests.MD5Digest;
import org.bouncycastle.util.encoders.Hex;

/**
 * Signature version 1.0: RSASSA-PKCS1-v1_5 with MD5 (RFC 8017 section 8.2.2). The whole padded
 * block is built and compared, nothing in the signature is parsed, so that no other padding passes.
 *
 * <p>Does not prove who uploaded: the key has 512 bits and is shared by all customers of OSS. The
 * signature is a filter.
 */
public final class SignatureVersion1 implements SignatureVerifier {
  /** DigestInfo of MD5 up to the hash, RFC 8017 section 9.2 note 1. */
  private static final byte[] DIGEST_INFO =
      Hex.decodeStrict("3020300c06082a864886f70d020505000410");

  @Override
  public void verify(Bytes signedBytes, Bytes signature, PublicKey key)
      throws SignatureRefusedException {
    if (signature.length() != PublicKey.BYTES) {
      throw new SignatureRefusedException(SignatureRefusal.SIGNATURE_WRONG_LENGTH);
    }
    if (!Arrays.equals(key.recover(signature), paddedDigest(signedBytes))) {
      throw new SignatureRefusedException(SignatureRefusal.SIGNATURE_MISMATCH);
    }
  }

  private static byte[] paddedDigest(Bytes signedBytes) {
    byte[] input = signedBytes.toArray();
    MD5Digest md5 = new MD5Digest();
    md5.update(input, 0, input.length);
    byte[] block = new byte[PublicKey.BYTES];
    int hash = block.length - md5.getDigestSize();
    int digestInfo = hash - DIGEST_INFO.length;
    Arrays.fill(block, 2, digestInfo - 1, (byte) 0xFF);
    block[1] = 1;
    System.arraycopy(DIGEST_INFO, 0, block, digestInfo, DIGEST_INFO.length);
    md5.doFinal(block, hash);
    return block;
  }
}
