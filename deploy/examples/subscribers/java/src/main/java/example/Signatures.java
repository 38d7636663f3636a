package example;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudevents.CloudEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
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
  private static final List<String> CORE =
      List.of(
          "id",
          "source",
          "specversion",
          "type",
          "datacontenttype",
          "dataschema",
          "subject",
          "time");
  private static final Set<String> TIMESTAMPS = Set.of("time", "recordedtime");
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
    String material = text("dssematerial", event.getExtension("dssematerial"));
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
      return check(MAPPER.readTree(payload), event);
    } catch (IOException | IllegalArgumentException | DateTimeException e) {
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

  private static Set<String> check(JsonNode material, CloudEvent event)
      throws RefusedException, GeneralSecurityException {
    List<String> names = new ArrayList<>();
    material.path("signedextattrs").forEach(name -> names.add(name.asText()));
    Set<String> distinct = new HashSet<>(names);
    if (distinct.size() < names.size()
        || names.contains("dssematerial")
        || names.stream().anyMatch(CORE::contains)) {
      throw new RefusedException("it lists as signed what may not be listed");
    }
    if (!Arrays.equals(base64(material.path("core").asText()), coreDigest(event))) {
      throw new RefusedException("it is not what was signed");
    }
    if (material.has("ext") != material.path("signedextattrs").isArray()
        || (material.has("ext")
            && !Arrays.equals(
                base64(material.path("ext").asText()), extensionDigest(event, names)))) {
      throw new RefusedException("its extension attributes are not what was signed");
    }
    return distinct;
  }

  private static byte[] coreDigest(CloudEvent event) throws GeneralSecurityException {
    List<byte[]> values = new ArrayList<>();
    for (String name : CORE) {
      values.add(text(name, event.getAttribute(name)).getBytes(UTF_8));
    }
    values.add(event.getData() == null ? new byte[0] : event.getData().toBytes());
    return digest(values);
  }

  private static byte[] extensionDigest(CloudEvent event, List<String> names)
      throws GeneralSecurityException {
    List<byte[]> values = new ArrayList<>();
    for (String name : names) {
      values.add(text(name, event.getExtension(name)).getBytes(UTF_8));
    }
    return digest(values);
  }

  /** SHA-256 over the SHA-256 of each. */
  private static byte[] digest(List<byte[]> values) throws GeneralSecurityException {
    MessageDigest each = MessageDigest.getInstance("SHA-256");
    MessageDigest all = MessageDigest.getInstance("SHA-256");
    values.forEach(value -> all.update(each.digest(value)));
    return all.digest();
  }

  /** As it is signed: absent as empty, times in UTC and to the second. */
  private static String text(String name, Object value) {
    String text = value == null ? "" : value.toString();
    return text.isEmpty() || !TIMESTAMPS.contains(name)
        ? text
        : OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static byte[] base64(String text) {
    return Base64.getDecoder().decode(text.replace('-', '+').replace('_', '/'));
  }
}
