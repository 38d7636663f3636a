package quayside.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The key that signs: the forms it may have, and what stops the start. */
class SigningKeyTest {
  private static final String BASE64 =
      TestWriters.PRIVATE_KEY.replaceAll("-----[A-Z ]+-----", "").strip();

  @TempDir Path directory;

  static Stream<String> forms() {
    return Stream.of(
        TestWriters.PRIVATE_KEY,
        TestWriters.PRIVATE_KEY.replace("\n", "\r\n"),
        TestWriters.PRIVATE_KEY.replace("\n", "\\n"),
        TestWriters.PRIVATE_KEY.replace("\n", " "),
        "# the key of 2026\n" + TestWriters.PRIVATE_KEY,
        BASE64);
  }

  @ParameterizedTest
  @MethodSource("forms")
  void key_isReadInEveryForm(String text) {
    assertThat(signature("signing.key-id", "tests-2026", "signing.private-key", text))
        .isEqualTo(TestWriters.signed("binary").write(codec(), SampleEvents.deleted()));
  }

  @Test
  void file_isReadLikeTheText() throws IOException {
    Path file = Files.writeString(directory.resolve("key.pem"), TestWriters.PRIVATE_KEY);

    assertThat(
            signature("signing.key-id", "tests-2026", "signing.private-key-file", file.toString()))
        .isEqualTo(TestWriters.signed("binary").write(codec(), SampleEvents.deleted()));
  }

  static Stream<Arguments> mistakes() throws Exception {
    return Stream.of(
        Arguments.of(
            "private-key: the text is no unencrypted private key in PKCS#8",
            new String[] {"signing.key-id", "a", "signing.private-key", "secret-text"}),
        Arguments.of(
            "private-key: the text is no unencrypted private key in PKCS#8",
            new String[] {"signing.key-id", "a", "signing.private-key", TestWriters.PUBLIC_KEY}),
        Arguments.of(
            "private-key: the text is no Ed25519 key",
            new String[] {"signing.key-id", "a", "signing.private-key", rsa()}),
        Arguments.of(
            "private-key: the text is no Ed25519 key",
            new String[] {"signing.key-id", "a", "signing.private-key", ellipticCurve()}),
        Arguments.of(
            "private-key: the text is a damaged Ed25519 key",
            new String[] {"signing.key-id", "a", "signing.private-key", shortened()}),
        Arguments.of(
            "private-key: is set beside quayside.events.signing.private-key-file",
            new String[] {
              "signing.key-id", "a", "signing.private-key", BASE64, "signing.private-key-file", "x"
            }),
        Arguments.of("key-id: is missing", new String[] {"signing.private-key", BASE64}),
        Arguments.of(
            "key-id: 'a b' must be",
            new String[] {"signing.key-id", "a b", "signing.private-key", BASE64}),
        Arguments.of(
            "key-id: 'a\"' must be",
            new String[] {"signing.key-id", "a\"", "signing.private-key", BASE64}),
        Arguments.of("key-id: 'a' names a key", new String[] {"signing.key-id", "a"}),
        Arguments.of(
            "private-key-file: /nowhere/key.pem cannot be read (NoSuchFileException)",
            new String[] {"signing.key-id", "a", "signing.private-key-file", "/nowhere/key.pem"}));
  }

  /** Events that nobody can verify are worse than none. */
  @ParameterizedTest
  @MethodSource("mistakes")
  void mistake_stopsTheStartNamingKeyAndRemedy(String message, String[] configuration) {
    assertThatThrownBy(() -> signature(configuration))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("quayside.events.signing." + message)
        .hasMessageMatching("(?s).*(make one with: openssl|set |unset |for example |mount ).*")
        .hasMessageNotContaining("secret-text")
        .hasMessageNotContaining(BASE64)
        .satisfies(e -> assertThat(String.valueOf(e.getCause())).doesNotContain("secret-text"));
  }

  @Test
  void textForms_hideTheKey() {
    EventsConfig config =
        TestWriters.config("signing.key-id", "a", "signing.private-key", TestWriters.PRIVATE_KEY);

    String shown = SigningKey.of(config.signing()).orElseThrow() + " " + config;

    assertThat(shown).contains("EventSigner[keyId=a]").doesNotContain(BASE64.substring(20));
  }

  private static EventRecord signature(String... configuration) {
    return TestWriters.configured(SchemaIds.NONE, configuration)
        .write(codec(), SampleEvents.deleted());
  }

  private static EventCodec<ObjectDeleted> codec() {
    return EventCodec.objectDeleted();
  }

  private static String rsa() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(1024);
    return base64(generator.generateKeyPair().getPrivate().getEncoded());
  }

  private static String ellipticCurve() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return base64(generator.generateKeyPair().getPrivate().getEncoded());
  }

  /** A good structure around 31 bytes. */
  private static String shortened() {
    byte[] bytes = Base64.getDecoder().decode(BASE64);
    byte[] less = java.util.Arrays.copyOf(bytes, bytes.length - 1);
    less[1]--;
    less[13]--;
    less[15]--;
    return base64(less);
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
