package quayside.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written by default, and what the configuration changes about it. */
class EventWriterTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final EventCodec<ObjectUploaded> CODEC = EventCodec.objectUploaded();
  private static final CloudEvent<ObjectUploaded> EVENT = SampleEvents.uploaded();

  /** The published contract: nothing of it changes unless somebody asks for it. */
  @Test
  void byDefault_theRecordIsThePlainForm() {
    EventRecord record = TestWriters.binary().write(CODEC, EVENT);

    assertThat(record.key()).isEqualTo("uploads/照片.jpg");
    assertThat(record.value()).isEqualTo(CODEC.value(EVENT));
    assertThat(List.copyOf(record.headers().entrySet()))
        .isEqualTo(List.copyOf(CODEC.headers(EVENT).entrySet()));
    assertThat(record.headers().keySet())
        .containsExactly(
            "ce_specversion",
            "ce_id",
            "ce_source",
            "ce_type",
            "ce_subject",
            "ce_time",
            "ce_dataschema",
            "ce_recordedtime",
            "ce_partitionkey",
            "ce_sequence",
            "ce_ingestpath",
            "content-type");
  }

  @Test
  void structuredMode_putsAttributesAndDataIntoTheValue() throws Exception {
    EventRecord binary = TestWriters.signed("binary").write(CODEC, EVENT);

    EventRecord record = TestWriters.signed("structured").write(CODEC, EVENT);

    JsonNode value = JSON.readTree(record.value());
    List<String> names = new ArrayList<>();
    value.fieldNames().forEachRemaining(names::add);
    assertThat(names.getFirst()).isEqualTo("specversion");
    assertThat(names.getLast()).isEqualTo("data");
    assertThat(value.path("datacontenttype").asText()).isEqualTo("application/json");
    assertThat(value.path("sequence").isTextual()).isTrue();
    assertThat(value.path("data")).isEqualTo(JSON.readTree(binary.value()));
    binary
        .headers()
        .forEach((name, text) -> {
          if (name.startsWith("ce_")) {
            assertThat(value.path(name.substring(3)).asText()).as(name).isEqualTo(text);
          }
        });
  }

  /** Those who look at headers alone find what they found before. */
  @Test
  void structuredMode_hasTheHeadersOfBinaryMode() {
    Map<String, String> expected =
        new HashMap<>(TestWriters.signed("binary").write(CODEC, EVENT).headers());
    expected.put("content-type", "application/cloudevents+json");

    assertThat(TestWriters.signed("structured").write(CODEC, EVENT).headers()).isEqualTo(expected);
  }

  /** A signature covers these bytes; subscribers find them without a parser that knows places. */
  @Test
  void structuredMode_hasTheDataAsInBinaryModeAtItsEnd() {
    EventRecord record = TestWriters.signed("structured").write(CODEC, EVENT);

    String value = new String(record.value(), UTF_8);
    int data = value.indexOf(",\"data\":") + ",\"data\":".length();
    assertThat(value.substring(data, value.length() - 1))
        .isEqualTo(new String(CODEC.value(EVENT), UTF_8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"binary", "structured"})
  void everyEvent_comesBackAsItWas(String mode) throws Exception {
    EventWriter writer = TestWriters.signed(mode);

    assertThat(read(CODEC, writer.write(CODEC, EVENT))).isEqualTo(EVENT);
    assertThat(read(CODEC, writer.write(CODEC, SampleEvents.ofUnknownObject())))
        .isEqualTo(SampleEvents.ofUnknownObject());
    assertThat(
            read(
                EventCodec.objectThumbnailed(),
                writer.write(EventCodec.objectThumbnailed(), SampleEvents.thumbnailed())))
        .isEqualTo(SampleEvents.thumbnailed());
    assertThat(
            read(
                EventCodec.objectDeleted(),
                writer.write(EventCodec.objectDeleted(), SampleEvents.deleted())))
        .isEqualTo(SampleEvents.deleted());
  }

  @ParameterizedTest
  @ValueSource(strings = {"binary", "structured"})
  void schemaId_isThereOnceTheRegistryHasAnswered(String mode) throws Exception {
    Map<EventType, String> known = new HashMap<>();
    EventWriter writer = TestWriters.configured(known::get, "content-mode", mode);

    EventRecord before = writer.write(CODEC, EVENT);
    known.put(EventType.OBJECT_UPLOADED_V1, "7");
    EventRecord after = writer.write(CODEC, EVENT);

    assertThat(before.headers()).doesNotContainKey("ce_schemaid");
    assertThat(after.headers()).containsEntry("ce_schemaid", "7");
    assertThat(EventAttributes.of(after.headers()::get, after.value()).get("schemaid"))
        .isEqualTo("7");
    assertThat(read(CODEC, after)).isEqualTo(EVENT);
  }

  @Test
  void contentModeThatIsNone_stopsTheStart() {
    assertThatThrownBy(() -> TestWriters.config("content-mode", "batch"))
        .hasMessageContaining("quayside.events.content-mode")
        .hasMessageContaining("batch");
  }

  @Test
  void attributeOfARecord_isChangedWhereverItIs() throws Exception {
    for (EventWriter writer : List.of(TestWriters.binary(), TestWriters.structured())) {
      EventRecord record = writer.write(CODEC, EVENT);

      EventRecord changed = record.withAttribute("ingestpath", "journal");

      assertThat(changed.headers()).containsEntry("ce_ingestpath", "journal");
      assertThat(changed.headers().keySet()).containsExactlyElementsOf(record.headers().keySet());
      assertThat(read(CODEC, changed).ingestPath()).isEqualTo(IngestPath.JOURNAL);
    }
  }

  /** Records end up in messages of test runners and in logs. */
  @Test
  void textFormOfARecord_saysNothingOfTheUpload() {
    assertThat(TestWriters.structured().write(CODEC, EVENT).toString())
        .matches("EventRecord\\[headers=12, valueBytes=\\d+\\]");
  }

  private static <T> CloudEvent<T> read(EventCodec<T> codec, EventRecord record)
      throws InvalidEventException {
    return codec.read(record.headers()::get, record.value());
  }
}
