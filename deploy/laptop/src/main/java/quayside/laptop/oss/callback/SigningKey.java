package quayside.laptop.oss.callback;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;

/**
 * The key that signs callbacks: RSA of 512 bits, because that is what OSS's own is (introduction of
 * the protocol document). Far too weak to protect anything; it proves the receiver's code, not the
 * sender. Generated once per data directory, the private half readable by its owner only.
 * Thread-safe.
 */
public final class SigningKey {
  /** Where the public half is served and stored. */
  public static final String PUBLIC_FILE = "callback_pub_key_v1.pem";

  private static final String PRIVATE_FILE = "callback_private_key_v1.pem";
  private static final Base64.Encoder PEM = Base64.getMimeEncoder(64, new byte[] {'\n'});

  private final PrivateKey privateKey;
  private final String publicPem;
  private final Path publicFile;

  private SigningKey(PrivateKey privateKey, String publicPem, Path publicFile) {
    this.privateKey = privateKey;
    this.publicPem = publicPem;
    this.publicFile = publicFile;
  }

  /** Reads the directory's key, or makes one. */
  public static SigningKey open(Path directory) throws IOException {
    Path privateFile = directory.resolve(PRIVATE_FILE);
    try {
      if (!Files.exists(privateFile)) {
        generate(privateFile);
      }
      KeyFactory rsa = KeyFactory.getInstance("RSA");
      var key =
          (RSAPrivateCrtKey)
              rsa.generatePrivate(new PKCS8EncodedKeySpec(unwrap(Files.readString(privateFile))));
      var publicKey =
          rsa.generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent()));
      String pem = wrap("PUBLIC KEY", publicKey.getEncoded());
      Path publicFile = Files.writeString(directory.resolve(PUBLIC_FILE), pem);
      return new SigningKey(key, pem, publicFile);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IOException(
          "cannot use the callback signing key " + privateFile + ": " + e.getMessage(), e);
    }
  }

  private static void generate(Path file) throws IOException, GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(512);
    Path temporary =
        Files.createTempFile(
            file.getParent(),
            PRIVATE_FILE,
            ".tmp",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(
        temporary, wrap("PRIVATE KEY", generator.generateKeyPair().getPrivate().getEncoded()));
    Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** The public half as PEM text. */
  public String publicPem() {
    return publicPem;
  }

  public Path publicFile() {
    return publicFile;
  }

  /** Signs with RSASSA-PKCS1-v1_5 and MD5 (1.9), as base64. */
  String sign(byte[] stringToSign) {
    try {
      Signature signature = Signature.getInstance("MD5withRSA");
      signature.initSign(privateKey);
      signature.update(stringToSign);
      return Base64.getEncoder().encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the key was usable when it was opened", e);
    }
  }

  private static String wrap(String what, byte[] der) {
    return "-----BEGIN "
        + what
        + "-----\n"
        + PEM.encodeToString(der)
        + "\n-----END "
        + what
        + "-----\n";
  }

  private static byte[] unwrap(String pem) {
    return Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
  }
}
