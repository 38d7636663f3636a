package quayside.signature;

import java.io.IOException;
import java.io.StringReader;
import java.math.BigInteger;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.crypto.DataLengthException;
import org.bouncycastle.crypto.engines.RSAEngine;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;

/**
 * A public key that callbacks are signed with: RSA, 512 bits, exponent 65537, as OSS uses. Keys of
 * another size or exponent are refused when they are read. Immutable and thread-safe.
 *
 * @param url the URL under which callbacks name it
 */
public record PublicKey(String url, RSAKeyParameters parameters) {
  /** Length of modulus, signature and padded block: OSS signs with 512 bits. */
  public static final int BYTES = 64;

  private static final BigInteger EXPONENT = BigInteger.valueOf(65537);

  /** Checks size and exponent. */
  public PublicKey {
    if (parameters.isPrivate()
        || parameters.getModulus().bitLength() != BYTES * 8
        || !parameters.getExponent().equals(EXPONENT)) {
      throw new IllegalArgumentException(
          "key of " + url + ": must be a public RSA key of 512 bits with exponent 65537");
    }
  }

  /**
   * Reads a PEM file with one {@code PUBLIC KEY}.
   *
   * @throws IllegalArgumentException when it is none, or not a key that OSS could use
   */
  public static PublicKey parse(String url, String pem) {
    RSAKeyParameters key;
    try {
      key = rsa(pem);
    } catch (IOException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "key of " + url + ": cannot be read: " + e.getMessage(), e);
    }
    return new PublicKey(url, key);
  }

  // Not by BouncyCastle's PublicKeyFactory, which loads what it has for every other kind of key:
  // a tenth of a second of every start.
  private static RSAKeyParameters rsa(String pem) throws IOException {
    SubjectPublicKeyInfo info = SubjectPublicKeyInfo.getInstance(content(pem));
    if (!info.getAlgorithm().getAlgorithm().equals(PKCSObjectIdentifiers.rsaEncryption)) {
      throw new IllegalArgumentException("it is not an RSA key");
    }
    RSAPublicKey key = RSAPublicKey.getInstance(info.parsePublicKey());
    return new RSAKeyParameters(false, key.getModulus(), key.getPublicExponent());
  }

  private static byte[] content(String pem) throws IOException {
    try (PemReader reader = new PemReader(new StringReader(pem))) {
      PemObject object = reader.readPemObject();
      if (object == null || !object.getType().equals("PUBLIC KEY")) {
        throw new IllegalArgumentException("the file holds no PEM block 'PUBLIC KEY'");
      }
      return object.getContent();
    }
  }

  /**
   * The padded block inside a signature of {@link #BYTES} bytes.
   *
   * @throws SignatureRefusedException when the signature as a number is not below the modulus
   */
  public byte[] recover(Bytes signature) throws SignatureRefusedException {
    try {
      RSAEngine engine = new RSAEngine();
      engine.init(true, parameters);
      return engine.processBlock(signature.toArray(), 0, signature.length());
    } catch (DataLengthException notBelowModulus) {
      throw new SignatureRefusedException(SignatureRefusal.SIGNATURE_MISMATCH);
    }
  }
}
