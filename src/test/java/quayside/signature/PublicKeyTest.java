package quayside.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.security.KeyPairGenerator;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** Of keys, only those that OSS could sign with are read; for all others it is said why not. */
class PublicKeyTest {
  private static final String URL = "http://127.0.0.1/key.pem";

  @Test
  void keyAsOssUsesThem_isRead() throws Exception {
    java.security.interfaces.RSAPublicKey key =
        (java.security.interfaces.RSAPublicKey)
            generated("RSA", new RSAKeyGenParameterSpec(512, RSAKeyGenParameterSpec.F4));

    PublicKey read = PublicKey.parse(URL, pem("PUBLIC KEY", key.getEncoded()));

    assertThat(read.url()).isEqualTo(URL);
    assertThat(read.parameters().getModulus()).isEqualTo(key.getModulus());
    assertThat(read.parameters().getExponent()).isEqualTo(key.getPublicExponent());
  }

  @Test
  void keyOfAnotherKind_isRefused() throws Exception {
    byte[] key = generated("EC", new ECGenParameterSpec("secp256r1")).getEncoded();
    assertRefused(pem("PUBLIC KEY", key), "not an RSA key");
  }

  @Test
  void keyOfAnotherSize_isRefused() throws Exception {
    byte[] key =
        generated("RSA", new RSAKeyGenParameterSpec(1024, RSAKeyGenParameterSpec.F4)).getEncoded();
    assertRefused(pem("PUBLIC KEY", key), "512 bits");
  }

  @Test
  void keyWithAnotherExponent_isRefused() throws Exception {
    byte[] key =
        generated("RSA", new RSAKeyGenParameterSpec(512, RSAKeyGenParameterSpec.F0)).getEncoded();
    assertRefused(pem("PUBLIC KEY", key), "exponent 65537");
  }

  @Test
  void damagedKey_isRefused() throws Exception {
    byte[] key =
        generated("RSA", new RSAKeyGenParameterSpec(512, RSAKeyGenParameterSpec.F4)).getEncoded();
    for (int damage = 0; damage < key.length; damage++) {
      byte[] cut = java.util.Arrays.copyOf(key, damage);
      assertRefused(pem("PUBLIC KEY", cut), "key of " + URL);
    }
  }

  @Test
  void otherFile_isRefused() {
    assertRefused("", "holds no PEM block");
    assertRefused("a key", "holds no PEM block");
    assertRefused(pem("CERTIFICATE", new byte[64]), "holds no PEM block");
    assertRefused("-----BEGIN PUBLIC KEY-----\n\u00a7\n", "key of " + URL);
  }

  private static void assertRefused(String pem, String why) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PublicKey.parse(URL, pem))
        .withMessageContaining(why)
        .withMessageContaining(URL);
  }

  private static java.security.PublicKey generated(String kind, AlgorithmParameterSpec parameters)
      throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
    generator.initialize(parameters);
    return generator.generateKeyPair().getPublic();
  }

  private static String pem(String type, byte[] content) {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    return "-----BEGIN " + type + "-----\n" + base64 + "\n-----END " + type + "-----\n";
  }
}
