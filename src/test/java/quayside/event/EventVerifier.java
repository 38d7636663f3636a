package quayside.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Verifies records as a subscriber would: the five steps of "Proof of origin" in {@code
 * schemas/README.md}, with the Ed25519 of the JDK and nothing of the code that signs.
 */
public final class EventVerifier {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String TYPE = "https://cloudevents.io/verifiability/dsse/v0.1";
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'").withZone(ZoneOffset.UTC);
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
  private static final byte[] DATA = ",\"data\":".getBytes(UTF_8);

  private final Map<String, PublicKey> keys;

  /** One that accepts these keys: X.509 in Base64, by their ids. */
  public EventVerifier(Map<String, String> keys) throws GeneralSecurityException {
    this.keys = new LinkedHashMap<>();
    for (Map.Entry<String, String> key : keys.entrySet()) {
      byte[] bytes = Base64.getDecoder().decode(key.getValue());
      this.keys.put(
          key.getKey(),
          KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(bytes)));
    }
  }

  /** One that accepts the key of the tests. */
  public static EventVerifier ofTestKey() {
    try {
      return new EventVerifier(Map.of(TestWriters.KEY_ID, TestWriters.PUBLIC_KEY));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** Returns the signed extension attributes; throws when anything is not as it was signed. */
  public Map<String, String> verify(Map<String, String> headers, byte[] value)
      throws GeneralSecurityException, IOException {
    boolean structured = "application/cloudevents+json".equals(headers.get("content-type"));
    Map<String, String> attributes = structured ? members(value) : ofHeaders(headers);
    byte[] data = structured ? data(value) : value;

    // 1. The envelope.
    String material = attributes.get("dssematerial");
    require(material != null, "not signed");
    JsonNode envelope = JSON.readTree(Base64.getDecoder().decode(material));
    require(envelope.path("payloadType").asText().equals(TYPE), "payloadType");
    byte[] payload = Base64.getDecoder().decode(envelope.path("payload").asText());
    // 2. The signature.
    require(isSigned(envelope.path("signatures"), payload), "signature");
    // 3. What it says.
    JsonNode signed = JSON.readTree(payload);
    Set<String> names = new HashSet<>(CORE);
    for (JsonNode name : signed.path("signedextattrs")) {
      require(names.add(name.asText()), "signedextattrs");
    }
    // 4. The core attributes and the data.
    require(signed.path("core").asText().equals(core(attributes, data)), "core");
    // 5. The extension attributes.
    Map<String, String> extensions = new LinkedHashMap<>();
    for (JsonNode name : signed.path("signedextattrs")) {
      extensions.put(name.asText(), attributes.getOrDefault(name.asText(), ""));
    }
    require(signed.path("ext").asText().equals(ext(extensions)), "ext");
    return extensions;
  }

  private boolean isSigned(JsonNode signatures, byte[] payload) throws GeneralSecurityException {
    ByteArrayOutputStream encoded = new ByteArrayOutputStream();
    encoded.writeBytes(("DSSEv1 " + TYPE.length() + " " + TYPE + " ").getBytes(UTF_8));
    encoded.writeBytes((payload.length + " ").getBytes(UTF_8));
    encoded.writeBytes(payload);
    for (JsonNode signature : signatures) {
      PublicKey key = keys.get(signature.path("keyid").asText());
      if (key != null) {
        Signature verifier = Signature.getInstance("Ed25519");
        verifier.initVerify(key);
        verifier.update(encoded.toByteArray());
        if (verifier.verify(Base64.getDecoder().decode(signature.path("sig").asText()))) {
          return true;
        }
      }
    }
    return false;
  }

  private static String core(Map<String, String> attributes, byte[] data)
      throws GeneralSecurityException {
    ByteArrayOutputStream digests = new ByteArrayOutputStream();
    for (String name : CORE.subList(0, CORE.size() - 1)) {
      digests.writeBytes(sha256(attributes.getOrDefault(name, "").getBytes(UTF_8)));
    }
    digests.writeBytes(sha256(seconds(attributes.get("time")).getBytes(UTF_8)));
    digests.writeBytes(sha256(data));
    return Base64.getEncoder().encodeToString(sha256(digests.toByteArray()));
  }

  private static String ext(Map<String, String> extensions) throws GeneralSecurityException {
    ByteArrayOutputStream digests = new ByteArrayOutputStream();
    for (Map.Entry<String, String> extension : extensions.entrySet()) {
      String text = extension.getValue();
      boolean isTime = extension.getKey().equals("recordedtime");
      digests.writeBytes(sha256((isTime ? seconds(text) : text).getBytes(UTF_8)));
    }
    return Base64.getEncoder().encodeToString(sha256(digests.toByteArray()));
  }

  private static String seconds(String time) {
    return SECONDS.format(OffsetDateTime.parse(time));
  }

  private static Map<String, String> ofHeaders(Map<String, String> headers) {
    Map<String, String> attributes = new LinkedHashMap<>();
    headers.forEach((name, text) -> {
      if (name.startsWith("ce_")) {
        attributes.put(name.substring(3), text);
      }
    });
    if (headers.containsKey("content-type")) {
      attributes.put("datacontenttype", headers.get("content-type"));
    }
    return attributes;
  }

  private static Map<String, String> members(byte[] value) throws IOException {
    Map<String, String> attributes = new LinkedHashMap<>();
    JSON.readTree(value)
        .properties()
        .forEach(member -> attributes.put(member.getKey(), member.getValue().asText()));
    return attributes;
  }

  private static byte[] data(byte[] value) throws SignatureException {
    for (int start = 0; start + DATA.length <= value.length; start++) {
      if (Arrays.equals(value, start, start + DATA.length, DATA, 0, DATA.length)) {
        return Arrays.copyOfRange(value, start + DATA.length, value.length - 1);
      }
    }
    throw new SignatureException("no data");
  }

  private static byte[] sha256(byte[] bytes) throws GeneralSecurityException {
    return MessageDigest.getInstance("SHA-256").digest(bytes);
  }

  private static void require(boolean holds, String what) throws SignatureException {
    if (!holds) {
      throw new SignatureException(what);
    }
  }
}
