package quayside.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import quayside.callback.TestSigner;

/** Which keys are trusted, and what stops the start: each message names key, value and rule. */
class KeyRingTest {
  private static final TestSigner SIGNER = TestSigner.generate();

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"prod", "staging", "dev,prod", ""})
  void additionalKey_isRefusedOutsideOfDevAndTest(String profiles) {
    List<String> active = profiles.isEmpty() ? List.of() : List.of(profiles.split(","));

    assertThatThrownBy(() -> AdditionalKeys.read(keys(folder.resolve("key.pem")), active))
        .hasMessageContaining("quayside.callback.keys: '[laptop]' ")
        .hasMessageContaining("trusted only in the profiles dev and test");
    assertThat(AdditionalKeys.read(Map.of(), active)).isEmpty();
  }

  @Test
  void additionalKey_isTrustedUnderItsUrlOnly() throws IOException {
    Path pem = Files.writeString(folder.resolve("key.pem"), SIGNER.publicPem());

    KeyRing ring = new KeyRing(AdditionalKeys.read(keys(pem), List.of("dev")));

    assertThat(ring.find("http://127.0.0.1:9000/callback_pub_key_v1.pem")).isPresent();
    assertThat(ring.find("http://127.0.0.1:9000/other.pem")).isEmpty();
    assertThat(KeyRing.OSS_URLS).allMatch(url -> ring.find(url).isPresent());
  }

  @Test
  void missingKeyFile_stopsTheStart() {
    assertThatThrownBy(() -> AdditionalKeys.read(keys(folder.resolve("none.pem")), List.of("test")))
        .hasMessageStartingWith("quayside.callback.keys.laptop.pem-file: ")
        .hasMessageContaining("none.pem");
  }

  /** Otherwise a configured key could take the place of the published one. */
  @Test
  void secondKeyForOneUrl_stopsTheStart() {
    PublicKey impostor = PublicKey.parse(KeyRing.OSS_URLS.getFirst(), SIGNER.publicPem());

    assertThatThrownBy(() -> new KeyRing(List.of(impostor)))
        .hasMessageContaining("has a key already");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no pem",
        "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n",
        "-----BEGIN PUBLIC KEY-----\n"
      })
  void damagedPem_stopsTheStart(String pem) {
    assertThatThrownBy(() -> PublicKey.parse("http://k", pem))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("key of http://k: ");
  }

  /** A short key, or exponent 3, would open the door to other attacks than the known ones. */
  @Test
  void keyThatOssCouldNotUse_stopsTheStart() throws GeneralSecurityException {
    String longer = TestSigner.generate(1024, RSAKeyGenParameterSpec.F4).publicPem();
    String exponent3 = TestSigner.generate(512, BigInteger.valueOf(3)).publicPem();
    KeyPairGenerator curves = KeyPairGenerator.getInstance("EC");
    String elliptic =
        TestSigner.pem("PUBLIC KEY", curves.generateKeyPair().getPublic().getEncoded());
    String privateKey = SIGNER.publicPem().replace("PUBLIC", "PRIVATE");

    for (String pem : List.of(longer, exponent3, elliptic, privateKey)) {
      assertThatThrownBy(() -> PublicKey.parse("http://k", pem))
          .hasMessageStartingWith("key of http://k: ");
    }
  }

  private static Map<String, TrustedKeysConfig.Key> keys(Path pem) {
    return Map.of(
        "laptop",
        new TrustedKeysConfig.Key() {
          @Override
          public String url() {
            return "http://127.0.0.1:9000/callback_pub_key_v1.pem";
          }

          @Override
          public Path pemFile() {
            return pem;
          }
        });
  }
}
