package example;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudevents.CloudEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Verifies what the CloudEvents extension "Verifiable CloudEvents with DSSE" calls the verification
 * material, with one Ed25519 key. Nothing but what is signed proves anything: the context
 * attributes, the data, and the extension attributes that {@link #verify} returns.
 *
 * @see <a
 *     href="https://github.com/cloudevents/spec/blob/main/cloudevents/extensions/verifiability.md">the
 *     extension</a>
 */
final class Signatures {
  private static final String PAYLOAD_TYPE = "https://cloudevents.io/verifiability/dsse/v0.1";
  private static final Set<String> NEVER_LISTED =
      Set.of(
          "id",
          "source",
          "specversion",
          "type",
          "datacontenttype",
          "dataschema",
          "subject",
          "time",
          "dssematerial",
          "signedextattrs");
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final PublicKey key;
  private final String keyId;

  /**
   * @param keyId the only key id that is accepted, or null for any: the id is a hint, the key
   *     proves
   */
  Signatures(PublicKey key, String keyId) {
    this.key = key;
    this.keyId = keyId;
  }

  /** With a public key in a PEM file, as {@code openssl pkey -pubout} writes it. */
  static Signatures ofPem(Path file, String keyId) throws IOException, GeneralSecurityException {
    String base64 = Files.readString(file).replaceAll("-----[A-Z ]+-----|\\s", "");
    X509EncodedKeySpec encoded = new X509EncodedKeySpec(Base64.getDecoder().decode(base64));
    return new Signatures(KeyFactory.getInstance("Ed25519").generatePublic(encoded), keyId);
  }

  /**
   * The names of the extension attributes that are signed.
   *
   * @throws RefusedException unless the event is as the holder of the key signed it
   */
  Set<String> verify(CloudEvent event) throws RefusedException {
    String material = text(event, "dssematerial");
    if (material.isEmpty()) {
      throw new RefusedException("it is not signed");
    }
    try {
      JsonNode envelope = MAPPER.readTree(base64(material));
      byte[] payload = base64(envelope.path("payload").asText());
      if (!envelope.path("payloadType").asText().equals(PAYLOAD_TYPE)
          || !isSigned(envelope.path("signatures"), payload)) {
        throw new RefusedException("its signature is not by this key");
      }
      List<String> names = signedNames(event);
      if (!MessageDigest.isEqual(payload, digest(event, names))) {
        throw new RefusedException("it is not what was signed");
      }
      return new HashSet<>(names);
    } catch (IOException | IllegalArgumentException e) {
      throw new RefusedException("its verification material is not readable");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no Ed25519 or no SHA-256", e);
    }
  }

  private boolean isSigned(JsonNode signatures, byte[] payload) throws GeneralSecurityException {
    byte[] head =
        ("DSSEv1 " + PAYLOAD_TYPE.length() + " " + PAYLOAD_TYPE + " " + payload.length + " ")
            .getBytes(UTF_8);
    for (JsonNode candidate : signatures) {
      byte[] value = base64(candidate.path("sig").asText());
      // Of another length Java throws instead of saying no.
      if (value.length == 64 && (keyId == null || keyId.equals(candidate.path("keyid").asText()))) {
        Signature signature = Signature.getInstance("Ed25519");
        signature.initVerify(key);
        signature.update(head);
        signature.update(payload);
        if (signature.verify(value)) {
          return true;
        }
      }
    }
    return false;
  }

  private static List<String> signedNames(CloudEvent event) throws RefusedException {
    String list = text(event, "signedextattrs");
    List<String> names = list.isEmpty() ? List.of() : List.of(list.split(",", -1));
    if (new HashSet<>(names).size() < names.size()
        || names.stream().anyMatch(NEVER_LISTED::contains)) {
      throw new RefusedException("it lists as signed what may not be listed");
    }
    return names;
  }

  private static byte[] digest(CloudEvent event, List<String> names)
      throws GeneralSecurityException {
    ByteArrayOutputStream digests = new ByteArrayOutputStream();
    for (String name :
        List.of(
            "id", "source", "specversion", "type", "datacontenttype", "dataschema", "subject")) {
      Object value = event.getAttribute(name);
      digests.writeBytes(sha256(value == null ? "" : value.toString()));
    }
    digests.writeBytes(sha256(time(event.getTime())));
    digests.writeBytes(
        sha256(event.getData() == null ? new byte[0] : event.getData().toBytes()));
    for (String name : names) {
      digests.writeBytes(sha256(name));
      digests.writeBytes(sha256(text(event, name)));
    }
    return sha256(digests.toByteArray());
  }

  /** In UTC and to the second, which is all that is signed of a time. */
  private static String time(OffsetDateTime time) {
    return time == null ? "" : time.toInstant().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static String text(CloudEvent event, String extension) {
    Object value = event.getExtension(extension);
    return value == null ? "" : value.toString();
  }

  private static byte[] base64(String text) {
    return Base64.getDecoder().decode(text.replace('-', '+').replace('_', '/'));
  }

  private static byte[] sha256(String text) throws GeneralSecurityException {
    return sha256(text.getBytes(UTF_8));
  }

  private static byte[] sha256(byte[] bytes) throws GeneralSecurityException {
    return MessageDigest.getInstance("SHA-256").digest(bytes);
  }
}
