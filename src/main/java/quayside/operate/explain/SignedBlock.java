package quayside.operate.explain;

import java.util.Arrays;
import org.bouncycastle.util.encoders.Hex;
import quayside.signature.Bytes;
import quayside.signature.PublicKey;
import quayside.signature.SignatureRefusedException;

/**
 * What a signature holds under one key: RSA's public operation gives the padded block back (RFC
 * 8017 section 9.2). A block that is well-formed was made by the owner of the key; others look
 * random.
 */
sealed interface SignedBlock {

  /** A well-formed block: the owner of the key signed a text with this MD5. */
  record Digest(Bytes md5) implements SignedBlock {}

  /** Padded as it should be, with something else than an MD5 in it. */
  record OtherContent(String description) implements SignedBlock {}

  /** No padding: made with another key, or changed on its way. */
  record Garbage(String description) implements SignedBlock {}

  /** DigestInfo of MD5 up to the hash, RFC 8017 section 9.2 note 1. */
  byte[] MD5 = Hex.decodeStrict("3020300c06082a864886f70d020505000410");

  /** DigestInfo of SHA-1 up to the hash. */
  byte[] SHA1 = Hex.decodeStrict("3021300906052b0e03021a05000414");

  /** Reads a signature of the length of the key. */
  static SignedBlock read(Bytes signature, PublicKey key) {
    try {
      return read(key.recover(signature));
    } catch (SignatureRefusedException e) {
      return new Garbage("the signature as a number is not below the modulus of the key");
    }
  }

  private static SignedBlock read(byte[] block) {
    int separator = 2;
    while (separator < block.length && block[separator] == (byte) 0xFF) {
      separator++;
    }
    boolean padded = block[0] == 0 && block[1] == 1 && separator >= 10 && separator < block.length;
    if (!padded || block[separator] != 0) {
      return new Garbage("no PKCS#1 padding (00 01 FF ... FF 00)");
    }
    byte[] content = Arrays.copyOfRange(block, separator + 1, block.length);
    if (content.length == MD5.length + 16 && startsWith(content, MD5)) {
      return new Digest(Bytes.copyOf(Arrays.copyOfRange(content, MD5.length, content.length)));
    }
    return new OtherContent(
        startsWith(content, SHA1)
            ? "PKCS#1 padding with a SHA-1, where OSS uses MD5"
            : "PKCS#1 padding without the DigestInfo of MD5");
  }

  private static boolean startsWith(byte[] content, byte[] start) {
    return content.length >= start.length
        && Arrays.equals(content, 0, start.length, start, 0, start.length);
  }
}
