package quayside.event;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;

/** How events are written. Checked when the service starts. */
@ConfigMapping(prefix = "quayside.events")
public interface EventsConfig {

  /**
   * {@code binary}: attributes in headers, the value is the data. {@code structured}: the value is
   * one JSON object with attributes and data; the headers are there, too. Both are read, always.
   */
  @WithDefault("binary")
  ContentMode contentMode();

  /** The key that signs events; without one they are not signed. */
  Signing signing();

  /**
   * Whether events are signed.
   *
   * @throws IllegalArgumentException naming what contradicts itself, or the key that is none
   */
  default boolean areSigned() {
    return SigningKey.of(signing()).isPresent();
  }

  /** The key that signs events. */
  interface Signing {
    /** The name under which subscribers know the public key. */
    Optional<String> keyId();

    /** A file with the private key: Ed25519, PKCS#8 in PEM. */
    Optional<Path> privateKeyFile();

    /** The private key itself, as the file has it or only the Base64 in it. */
    Optional<String> privateKey();
  }
}
