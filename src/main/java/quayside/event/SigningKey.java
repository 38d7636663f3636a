package quayside.event;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;

/**
 * Reads the key that signs events from its configuration: Ed25519 in PKCS#8 (RFC 8410, section 7),
 * as {@code openssl genpkey -algorithm ed25519} writes it. Messages say what is wrong and what to
 * do, and never show any of the key. Stateless.
 */
final class SigningKey {
  private static final String ROOT = "quayside.events.signing.";
  private static final String FILE = ROOT + "private-key-file";
  private static final String TEXT = ROOT + "private-key";

  /** RFC 8410, section 3. */
  private static final ASN1ObjectIdentifier ED25519 = new ASN1ObjectIdentifier("1.3.101.112");

  private static final String REMEDY =
      "make one with: openssl genpkey -algorithm ed25519 -out key.pem";

  /** What is printable and needs no escaping in JSON. */
  private static final Pattern ID = Pattern.compile("[!#-\\[\\]-~]{1,128}");

  private static final Pattern PEM =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]*)-----END PRIVATE KEY-----");

  private SigningKey() {}

  /**
   * The signer that is configured, or empty when none is.
   *
   * @throws IllegalArgumentException when the configuration contradicts itself or the key is none
   */
  static Optional<EventSigner> of(EventsConfig.Signing config) {
    if (config.privateKeyFile().isEmpty() && config.privateKey().isEmpty()) {
      config.keyId().ifPresent(SigningKey::failWithoutKey);
      return Optional.empty();
    }
    String id =
        config
            .keyId()
            .orElseThrow(() ->
                new IllegalArgumentException(
                    ROOT
                        + "key-id: is missing, and there is a private key; set the name under which"
                        + " subscribers know its public key, for example quayside-2026-11"));
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException(
          ROOT
              + "key-id: '"
              + id
              + "' must be 1 to 128 printable ASCII characters without spaces, quotation marks and"
              + " backslashes; for example quayside-2026-11");
    }
    return Optional.of(new EventSigner(id, key(config)));
  }

  private static void failWithoutKey(String id) {
    throw new IllegalArgumentException(
        ROOT
            + "key-id: '"
            + id
            + "' names a key, and there is none; set "
            + FILE
            + " to an Ed25519 key in PEM, or unset the key id to publish without signatures");
  }

  private static Ed25519PrivateKeyParameters key(EventsConfig.Signing config) {
    if (config.privateKeyFile().isPresent() && config.privateKey().isPresent()) {
      throw new IllegalArgumentException(
          TEXT + ": is set beside " + FILE + "; unset one of them, one key signs");
    }
    return config
        .privateKeyFile()
        .map(file -> parse(FILE + ": " + file.toAbsolutePath(), read(file)))
        .orElseGet(() -> parse(TEXT + ": the text", config.privateKey().orElseThrow()));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, US_ASCII);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          FILE
              + ": "
              + file.toAbsolutePath()
              + " cannot be read ("
              + e.getClass().getSimpleName()
              + "); mount the key there, readable by this service, or name another file",
          e);
    }
  }

  private static Ed25519PrivateKeyParameters parse(String what, String text) {
    PrivateKeyInfo info = info(what, text);
    if (!info.getPrivateKeyAlgorithm().getAlgorithm().equals(ED25519)) {
      throw new IllegalArgumentException(what + " is no Ed25519 key; " + REMEDY);
    }
    try {
      byte[] secret = ASN1OctetString.getInstance(info.parsePrivateKey()).getOctets();
      return new Ed25519PrivateKeyParameters(secret);
    } catch (IOException | IllegalArgumentException e) {
      throw new IllegalArgumentException(what + " is a damaged Ed25519 key; " + REMEDY);
    }
  }

  // The causes of failures stay out of it: they may quote the text.
  private static PrivateKeyInfo info(String what, String text) {
    // Files of environment variables have no lines within a value.
    Matcher pem = PEM.matcher(text.replace("\\n", "\n"));
    try {
      byte[] bytes = Base64.getMimeDecoder().decode(pem.find() ? pem.group(1) : text);
      return PrivateKeyInfo.getInstance(bytes);
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw new IllegalArgumentException(
          what + " is no unencrypted private key in PKCS#8; " + REMEDY);
    }
  }
}
