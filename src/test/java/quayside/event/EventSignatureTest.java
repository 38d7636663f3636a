package quayside.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a signature proves, judged by a verifier that shares no code with the signer. */
class EventSignatureTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final EventCodec<ObjectDeleted> DELETED = EventCodec.objectDeleted();
  private final EventVerifier verifier = EventVerifier.ofTestKey();

  /** Signed with OpenSSL: Ed25519 is deterministic, so there is one right answer. */
  @Test
  void signature_isTheOneThatOpenSslMakes() throws Exception {
    EventRecord record = TestWriters.signed("binary").write(DELETED, SampleEvents.deleted());

    JsonNode envelope =
        JSON.readTree(Base64.getDecoder().decode(record.headers().get("ce_dssematerial")));
    assertThat(envelope.path("payloadType").asText())
        .isEqualTo("https://cloudevents.io/verifiability/dsse/v0.1");
    assertThat(envelope.path("signatures")).hasSize(1);
    assertThat(envelope.path("signatures").path(0).path("keyid").asText()).isEqualTo("tests-2026");
    assertThat(envelope.path("signatures").path(0).path("sig").asText())
        .isEqualTo(
            "nFGX96UMZrzYGeJYz/1KmWttptYvm7z2zqguYoBYQaD6/U50HOgiGyrN7zz8+01rvb2n1ZgBgik8x1zfd+szDQ==");
  }

  @ParameterizedTest
  @ValueSource(strings = {"binary", "structured"})
  void everyEvent_verifies(String mode) throws Exception {
    EventWriter writer = TestWriters.signed(mode);
    List<EventRecord> records =
        List.of(
            writer.write(EventCodec.objectUploaded(), SampleEvents.uploaded()),
            writer.write(EventCodec.objectUploaded(), SampleEvents.ofUnknownObject()),
            writer.write(EventCodec.objectThumbnailed(), SampleEvents.thumbnailed()),
            writer.write(DELETED, SampleEvents.deleted()));

    for (EventRecord record : records) {
      assertThat(verifier.verify(record.headers(), record.value()))
          .containsEntry("sequence", "1795341600123456");
    }
  }

  @Test
  void bothModes_haveOneSignature() {
    EventRecord binary = TestWriters.signed("binary").write(DELETED, SampleEvents.deleted());
    EventRecord structured =
        TestWriters.signed("structured").write(DELETED, SampleEvents.deleted());

    assertThat(structured.headers().get("ce_dssematerial"))
        .isEqualTo(binary.headers().get("ce_dssematerial"));
  }

  /** Whoever can forge a tombstone can make objects vanish from every view. */
  @ParameterizedTest
  @ValueSource(strings = {"binary", "structured"})
  void tombstone_verifiesAndHasNoValue(String mode) throws Exception {
    CloudEvent<ObjectDeleted> event = SampleEvents.deleted();

    Map<String, String> headers = TestWriters.signed(mode).tombstone(DELETED, event);

    assertThat(headers).doesNotContainKey("content-type");
    assertThat(verifier.verify(headers, new byte[0])).containsEntry("sequence", "1795341600123456");
    Map<String, String> later = new LinkedHashMap<>(headers);
    later.put("ce_sequence", "1795341600123457");
    assertThatThrownBy(() -> verifier.verify(later, new byte[0]))
        .isInstanceOf(GeneralSecurityException.class);
  }

  @Test
  void withoutAKey_nothingIsSigned() {
    EventRecord record = TestWriters.binary().write(DELETED, SampleEvents.deleted());

    assertThat(record.headers()).doesNotContainKey("ce_dssematerial");
    assertThatThrownBy(() -> verifier.verify(record.headers(), record.value()))
        .hasMessage("not signed");
  }

  /** Whatever is said to be signed is signed: one changed text, and the event is another. */
  @Test
  void changedHeader_isDetected() {
    EventRecord record =
        TestWriters.signed("binary")
            .write(EventCodec.objectThumbnailed(), SampleEvents.thumbnailed());
    Map<String, String> changes = new LinkedHashMap<>();
    record.headers().keySet().forEach(name -> changes.put(name, record.headers().get(name) + "0"));
    changes.put("ce_time", "2026-11-22T10:00:02Z");
    changes.put("ce_recordedtime", "2026-11-22T10:00:02Z");
    changes.remove("ce_ingestpath");

    List<String> undetected = new ArrayList<>();
    changes.forEach((name, text) -> {
      if (verifies(record.withHeaders(Map.of(name, text)))) {
        undetected.add(name);
      }
    });
    assertThat(undetected).isEmpty();
    assertThat(changes).hasSizeGreaterThan(11);
  }

  @Test
  void changedMember_isDetected() throws Exception {
    EventRecord record =
        TestWriters.signed("structured")
            .write(EventCodec.objectThumbnailed(), SampleEvents.thumbnailed());
    List<String> undetected = new ArrayList<>();
    for (Map.Entry<String, JsonNode> member : JSON.readTree(record.value()).properties()) {
      String name = member.getKey();
      if (!Set.of("data", "ingestpath").contains(name)) {
        String other =
            name.endsWith("time") ? "2026-11-22T10:00:02Z" : member.getValue().asText() + "0";
        byte[] value = JsonEnvelope.read(record.value()).with(name, other);
        if (verifies(new EventRecord(record.key(), record.headers(), value))) {
          undetected.add(name);
        }
      }
    }
    assertThat(undetected).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"binary", "structured"})
  void changedData_isDetected(String mode) {
    EventRecord record = TestWriters.signed(mode).write(DELETED, SampleEvents.deleted());
    String text = new String(record.value(), UTF_8);
    String other = text.replace("\"reason\":\"not-found\"", "\"reason\":\"not-found \"");

    assertThat(other).isNotEqualTo(text);
    assertThat(verifies(new EventRecord(record.key(), record.headers(), other.getBytes(UTF_8))))
        .isFalse();
  }

  /** The names of what is signed are within what is signed. */
  @Test
  void shortenedListOfSignedAttributes_isDetected() throws Exception {
    EventRecord record = TestWriters.signed("binary").write(DELETED, SampleEvents.deleted());
    String envelope =
        new String(Base64.getDecoder().decode(record.headers().get("ce_dssematerial")), UTF_8);
    String payload = JSON.readTree(envelope).path("payload").asText();
    String shortened =
        new String(Base64.getDecoder().decode(payload), UTF_8).replace(",\"causationid\"", "");
    String forged =
        envelope.replace(payload, Base64.getEncoder().encodeToString(shortened.getBytes(UTF_8)));
    Map<String, String> header =
        Map.of("ce_dssematerial", Base64.getEncoder().encodeToString(forged.getBytes(UTF_8)));

    assertThatThrownBy(() -> verifier.verify(record.withHeaders(header).headers(), record.value()))
        .hasMessage("signature");
  }

  @Test
  void signatureOfAnotherEvent_isDetected() {
    EventRecord record = TestWriters.signed("binary").write(DELETED, SampleEvents.deleted());
    EventRecord other =
        TestWriters.signed("binary")
            .write(EventCodec.objectThumbnailed(), SampleEvents.thumbnailed());

    assertThat(
            verifies(
                record.withHeaders(
                    Map.of("ce_dssematerial", other.headers().get("ce_dssematerial")))))
        .isFalse();
  }

  @Test
  void signatureOfAnotherKey_isNotAccepted() throws Exception {
    String other =
        Base64.getEncoder()
            .encodeToString(
                KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPublic().getEncoded());
    EventRecord record = TestWriters.signed("binary").write(DELETED, SampleEvents.deleted());

    for (EventVerifier stranger :
        List.of(
            new EventVerifier(Map.of(TestWriters.KEY_ID, other)),
            new EventVerifier(Map.of("another-id", TestWriters.PUBLIC_KEY)))) {
      assertThatThrownBy(() -> stranger.verify(record.headers(), record.value()))
          .hasMessage("signature");
    }
  }

  /** While a key is replaced, both are accepted: first by the subscribers, then it signs. */
  @Test
  void newKeyBesideTheOld_verifiesBoth() throws Exception {
    String other =
        Base64.getEncoder()
            .encodeToString(
                KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPublic().getEncoded());
    EventVerifier both =
        new EventVerifier(Map.of("tests-2027", other, TestWriters.KEY_ID, TestWriters.PUBLIC_KEY));
    EventRecord record = TestWriters.signed("binary").write(DELETED, SampleEvents.deleted());

    assertThatCode(() -> both.verify(record.headers(), record.value())).doesNotThrowAnyException();
  }

  /** The journal and a redrive change it, in headers and value: an event stays proven. */
  @ParameterizedTest
  @ValueSource(strings = {"binary", "structured"})
  void otherIngestPath_breaksNoSignature(String mode) throws Exception {
    EventRecord record =
        TestWriters.signed(mode).write(EventCodec.objectUploaded(), SampleEvents.uploaded());

    EventRecord moved =
        record.withAttribute("ingestpath", "journal").withAttribute("ingestpath", "redrive");

    assertThat(verifies(moved)).isTrue();
    assertThat(EventCodec.objectUploaded().read(moved.headers()::get, moved.value()).ingestPath())
        .isEqualTo(IngestPath.REDRIVE);
  }

  private boolean verifies(EventRecord record) {
    try {
      verifier.verify(record.headers(), record.value());
      return true;
    } catch (GeneralSecurityException | java.io.IOException | RuntimeException forged) {
      return false;
    }
  }
}
