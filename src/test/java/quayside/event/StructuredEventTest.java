package quayside.event;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Structured records of any producer: with no header but the content type. */
class StructuredEventTest {
  private static final EventCodec<ObjectDeleted> CODEC = EventCodec.objectDeleted();
  private static final String DATA =
      "{\"bucket\":\"uploads\",\"key\":\"a\",\"reason\":\"not-found\",\"observedAt\":\"2026-11-22T10:00:00Z\"}";
  private static final String EVENT =
      """
      {"specversion":"1.0","id":"1","source":"acs:oss:-:-:uploads",\
      "type":"io.quayside.object.deleted.v1","subject":"a","time":"2026-11-22T10:00:00Z",\
      "recordedtime":"2026-11-22T10:00:00Z","partitionkey":"uploads/a","sequence":"5",\
      "ingestpath":"reconcile","datacontenttype":"application/json","data":%s}\
      """
          .formatted(DATA);

  @Test
  void eventWithoutAttributesInHeaders_isRead() throws Exception {
    CloudEvent<ObjectDeleted> event = read(EVENT);

    assertThat(event.id()).isEqualTo("1");
    assertThat(event.subject()).isEqualTo("a");
    assertThat(event.sequence()).isEqualTo(5);
    assertThat(event.ingestPath()).isEqualTo(IngestPath.RECONCILE);
    assertThat(event.causationId()).isNull();
    assertThat(event.data().bucket()).isEqualTo("uploads");
  }

  /** What other producers write for the same thing. */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '|',
      delimiter = '~',
      value = {
        "\"sequence\":\"5\"~ \"sequence\":5",
        "\"subject\":\"a\"~ \"subject\":null",
        "\"datacontenttype\":\"application/json\",~ \"datacontenttype\":\"Application/JSON; charset=utf-8\",",
        "\"datacontenttype\":\"application/json\",~ |  |",
        "\"id\":\"1\"~ \"later\":{\"a\":[1,{\"data\":2}]},\"truth\":true,\"id\":\"1\"",
        "\"reason\":~ \"addedLater\":[{}],\"reason\":",
        "\"bucket\":~ \"\\u0064ata\":1, \"bucket\":"
      })
  void otherSpelling_isTheSameEvent(String part, String other) throws Exception {
    String event = EVENT.replace(part, other == null ? "" : other);

    assertThat(event).isNotEqualTo(EVENT);
    assertThat(read(event).data()).isEqualTo(read(EVENT).data());
    assertThat(read(event).sequence()).isEqualTo(5);
  }

  /** RFC 3339 allows offsets and any number of digits. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-22T18:00:00+08:00",
        "2026-11-22T10:00:00.000000000Z",
        "2026-11-22T05:30:00.0-04:30",
        "2026-11-22t10:00:00z"
      })
  void timeWithOffset_isTheSameTime(String time) throws Exception {
    String event = EVENT.replace("\"time\":\"2026-11-22T10:00:00Z\"", "\"time\":\"" + time + "\"");
    Map<String, String> binary = EventCodec.objectDeleted().headers(read(EVENT));
    binary.put("ce_time", time);

    assertThat(read(event).time()).isEqualTo(Instant.parse("2026-11-22T10:00:00Z"));
    assertThat(CODEC.read(binary::get, DATA.getBytes(UTF_8)).time())
        .isEqualTo(Instant.parse("2026-11-22T10:00:00Z"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/cloudevents+json",
        "application/cloudevents+json; charset=UTF-8",
        "Application/CloudEvents+JSON"
      })
  void contentType_isAMediaType(String contentType) {
    assertThatCode(
            () -> CODEC.read(Map.of("content-type", contentType)::get, EVENT.getBytes(UTF_8)))
        .doesNotThrowAnyException();
  }

  @Test
  void membersInAnyOrderAndAnyWhiteSpace_areTheSameEvent() throws Exception {
    String pretty = new JsonMapper().readTree(EVENT).toPrettyString().replace("\n", "\r\n\t");
    String dataFirst =
        "{\"data\":" + DATA + "," + EVENT.substring(1).replace(",\"data\":" + DATA, "");

    assertThat(read("\uFEFF" + EVENT)).isEqualTo(read(EVENT));
    assertThat(read(dataFirst)).isEqualTo(read(EVENT));
    assertThat(read(pretty)).isEqualTo(read(EVENT));
  }

  @Test
  void dataInBase64_isRead() throws Exception {
    String base64 = Base64.getEncoder().encodeToString(DATA.getBytes(UTF_8));

    assertThat(read(EVENT.replace("\"data\":" + DATA, "\"data_base64\":\"" + base64 + "\"")))
        .isEqualTo(read(EVENT));
  }

  /** The value is the event; what stands beside it may be of another hop. */
  @Test
  void headersThatSayOtherwise_doNotCount() throws Exception {
    Map<String, String> headers =
        Map.of("content-type", "application/cloudevents+json", "ce_id", "2", "ce_type", "other");

    assertThat(CODEC.read(headers::get, EVENT.getBytes(UTF_8)).id()).isEqualTo("1");
    assertThat(EventAttributes.of(headers::get, EVENT.getBytes(UTF_8)).get("id")).isEqualTo("1");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '|',
      delimiter = ';',
      value = {
        "\"id\":\"1\",; |  |; id: is missing",
        "\"id\":\"1\"; \"id\":[1]; id: is missing",
        "\"id\":\"1\"; \"id\":\"1\",\"id\":\"2\"; value: has the member id twice",
        "\"specversion\":\"1.0\"; \"specversion\":\"0.3\"; specversion: 0.3 is not 1.0",
        "object.deleted.v1; object.moved.v1; type: io.quayside.object.moved.v1 is not io.quayside.object.deleted.v1",
        "application/json; text/xml; datacontenttype: text/xml is not application/json",
        "\"sequence\":\"5\"; \"sequence\":\"x\"; sequence: x is not a number of microseconds",
        "T10:00:00Z\",\"rec; T10:00\",\"rec; time: 2026-11-22T10:00 is not an RFC 3339 time",
        "reconcile; pigeon; ingestpath: pigeon is not a known path",
        "\"data\":{; \"other\":{; value: is null",
        "\"data\":{; \"data\":1,\"x\":{; value: is not the JSON of",
        "\"data\":{; \"data\":null,\"x\":{; value: is the JSON literal null",
        "\"data\":{; \"data_base64\":\"?\",\"x\":{; data_base64: is not Base64",
        "\"subject\":\"a\"; \"subject\":a; value: is not a JSON object in UTF-8"
      })
  void brokenEvent_isRefusedSayingWhy(String part, String other, String message) {
    String event = EVENT.replace(part, other == null ? "" : other);

    assertThat(event).isNotEqualTo(EVENT);
    assertThatThrownBy(() -> read(event))
        .isInstanceOf(InvalidEventException.class)
        .hasMessageStartingWith(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "1", "\"text\"", "null", "{", "{}}", "{} {}", "\u0000"})
  void valueThatIsNoObject_isRefused(String value) {
    assertThatThrownBy(() -> read(value)).isInstanceOf(InvalidEventException.class);
  }

  @Test
  void otherEncodingsAndFormats_areRefused() {
    Map<String, String> avro = Map.of("content-type", "application/cloudevents+avro");
    Map<String, String> batch = Map.of("content-type", "application/cloudevents-batch+json");
    Map<String, String> json = Map.of("content-type", "application/cloudevents+json");

    assertThatThrownBy(() -> CODEC.read(avro::get, EVENT.getBytes(UTF_8)))
        .hasMessage(
            "content-type: application/cloudevents+avro is not application/cloudevents+json");
    assertThatThrownBy(() -> CODEC.read(batch::get, EVENT.getBytes(UTF_8)))
        .hasMessageStartingWith("content-type: application/cloudevents-batch+json is not");
    assertThatThrownBy(() -> CODEC.read(json::get, EVENT.getBytes(UTF_16LE)))
        .hasMessage("value: is not a JSON object in UTF-8");
    assertThatThrownBy(() -> CODEC.read(json::get, null)).hasMessageStartingWith("value: is null");
  }

  /** A dead letter may be anything: who looks at it must get an answer. */
  @Test
  void attributesOfAnUnreadableValue_areThoseOfTheHeaders() {
    Map<String, String> headers =
        Map.of("content-type", "application/cloudevents+json", "ce_id", "2");

    for (byte[] value : new byte[][] {"{".getBytes(UTF_8), null}) {
      EventAttributes attributes = EventAttributes.of(headers::get, value);
      assertThat(attributes.get("id")).isEqualTo("2");
      assertThat(attributes.get("type")).isNull();
      assertThat(attributes.valueWith("ingestpath", "redrive")).isNull();
    }
  }

  /** All other bytes stay: a signature covers them. */
  @Test
  void changedAttribute_leavesAllElseAsItIs() throws Exception {
    assertThat(with(EVENT, "ingestpath", "journal"))
        .isEqualTo(EVENT.replace("\"reconcile\"", "\"journal\""));
    assertThat(with(EVENT.replace("\"reconcile\"", " null "), "ingestpath", "journal"))
        .isEqualTo(EVENT.replace("\"reconcile\"", " \"journal\" "));
    assertThat(with(EVENT.replace("\"5\"", "-1.5e3 "), "sequence", "6"))
        .isEqualTo(EVENT.replace("\"5\"", "\"6\" "));
    assertThat(with(EVENT.replace("\"5\"", "{\"a\":[]}"), "sequence", "6"))
        .isEqualTo(EVENT.replace("\"5\"", "\"6\""));
    assertThat(with("\uFEFF " + EVENT, "id", "\"\n"))
        .isEqualTo("\uFEFF " + EVENT.replace("\"id\":\"1\"", "\"id\":\"\\\"\\n\""));
    assertThat(with(EVENT, "new", "n")).isEqualTo("{\"new\":\"n\"," + EVENT.substring(1));
    assertThat(with(" {}", "new", "n")).isEqualTo(" {\"new\":\"n\"}");
  }

  private static CloudEvent<ObjectDeleted> read(String value) throws InvalidEventException {
    return CODEC.read(
        Map.of("content-type", "application/cloudevents+json")::get, value.getBytes(UTF_8));
  }

  private static String with(String value, String name, String text) throws InvalidEventException {
    return new String(JsonEnvelope.read(value.getBytes(UTF_8)).with(name, text), UTF_8);
  }
}
