package quayside.bench.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;

/** A key made for one run, as OSS signs with: RSA, 512 bits, MD5. Thread-safe. */
public final class SigningKey {
  /** The name under which callbacks refer to it; never fetched. */
  public static final String URL = "http://127.0.0.1/bench_pub_key_v1.pem";

  private final KeyPair pair;

  private SigningKey(KeyPair pair) {
    this.pair = pair;
  }

  /** A new key. */
  public static SigningKey generate() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(512);
      return new SigningKey(generator.generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has RSA", e);
    }
  }

  /** Writes the public half, in PEM. */
  public void writePublicKey(Path file) throws IOException {
    String base64 =
        Base64.getMimeEncoder(64, new byte[] {'\n'})
            .encodeToString(pair.getPublic().getEncoded());
    Files.writeString(
        file, "-----BEGIN PUBLIC KEY-----\n" + base64 + "\n-----END PUBLIC KEY-----\n");
  }

  /** The value of the Authorization header. */
  String authorization(String signedText) {
    try {
      Signature signature = Signature.getInstance("MD5withRSA");
      signature.initSign(pair.getPrivate());
      signature.update(signedText.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has MD5withRSA", e);
    }
  }
}
