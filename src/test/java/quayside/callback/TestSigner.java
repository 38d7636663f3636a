package quayside.callback;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.Base64;
import quayside.signature.PublicKey;

/**
 * Signs as OSS does, with a key of its own and the JDK's implementation, not the one under test.
 */
public final class TestSigner {
  public static final String URL = "http://127.0.0.1/test_pub_key_v1.pem";

  private final PrivateKey privateKey;
  private final String publicPem;

  private TestSigner(PrivateKey privateKey, String publicPem) {
    this.privateKey = privateKey;
    this.publicPem = publicPem;
  }

  public static TestSigner generate() {
    return generate(512, RSAKeyGenParameterSpec.F4);
  }

  public static TestSigner generate(int bits, BigInteger exponent) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(new RSAKeyGenParameterSpec(bits, exponent));
      KeyPair pair = generator.generateKeyPair();
      return new TestSigner(pair.getPrivate(), pem("PUBLIC KEY", pair.getPublic().getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The key pair that {@link #privateKey()} gave away. */
  static TestSigner of(String privateKey, String publicPem) {
    try {
      byte[] der = Base64.getDecoder().decode(privateKey);
      return new TestSigner(
          KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der)), publicPem);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  String privateKey() {
    return Base64.getEncoder().encodeToString(privateKey.getEncoded());
  }

  public String publicPem() {
    return publicPem;
  }

  public PublicKey publicKey() {
    return PublicKey.parse(URL, publicPem);
  }

  public byte[] sign(byte[] signedBytes) {
    try {
      Signature signature = Signature.getInstance("MD5withRSA");
      signature.initSign(privateKey);
      signature.update(signedBytes);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  public static String pem(String type, byte[] der) {
    String base64 =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(der);
    return "-----BEGIN " + type + "-----\n" + base64 + "\n-----END " + type + "-----\n";
  }
}
