package quayside.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.kafka.KafkaMessageFactory;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import quayside.event.PublishedEvents.Published;

/**
 * The CloudEvents SDKs for Java and JavaScript and our codec say the same of one record, whoever
 * wrote it: structured mode.
 */
class CloudEventsStructuredModeTest {
  private static final JsonMapper MAPPER = new JsonMapper();

  static List<Published<?>> published() {
    return PublishedEvents.all();
  }

  @ParameterizedTest
  @MethodSource("published")
  void ourEvent_isReadUnchangedInJava(Published<?> ours) throws Exception {
    EventRecord record = write(ours);
    Headers headers = new RecordHeaders();
    record.forEachHeader(headers::add);

    io.cloudevents.CloudEvent read =
        KafkaMessageFactory.createReader(headers, record.value()).toEvent();

    ObjectNode attributes = MAPPER.createObjectNode();
    read.getAttributeNames()
        .forEach(name -> attributes.put(name, read.getAttribute(name).toString()));
    read.getExtensionNames()
        .forEach(name -> attributes.put(name, read.getExtension(name).toString()));
    attributes.set("data", MAPPER.readTree(read.getData().toBytes()));
    assertThat(attributes).isEqualTo(MAPPER.readTree(record.value()));
  }

  @ParameterizedTest
  @MethodSource("published")
  void eventOfTheJavaSdk_isReadByUs(Published<?> ours) throws Exception {
    assertReadFromJava(ours);
  }

  private static <T> void assertReadFromJava(Published<T> ours) throws Exception {
    CloudEventBuilder builder =
        CloudEventsJavaSdkTest.ofTheSdk(ours)
            .withExtension(
                "recordedtime", ours.event().recordedTime().atOffset(ZoneOffset.ofHours(8)))
            .withExtension("sampledrate", 30)
            .withExtension("flag", true);
    ProducerRecord<Void, byte[]> record =
        KafkaMessageFactory.<Void>createWriter("topic")
            .writeStructured(builder.build(), "application/cloudevents+json");

    assertThat(ours.codec().read(name -> header(record, name), record.value()))
        .isEqualTo(ours.event());
  }

  @ParameterizedTest
  @MethodSource("published")
  void ourEvent_isReadUnchangedInJavaScript(Published<?> ours) throws Exception {
    EventRecord record = write(ours);
    ObjectNode request = MAPPER.createObjectNode();
    ObjectNode read = request.putArray("read").addObject();
    read.set("headers", MAPPER.valueToTree(record.headers()));
    read.put("key", record.key()).put("value", record.value());
    request.putArray("write");

    JsonNode event = CloudEventsJavaScriptSdkTest.run(request).get("read").get(0);

    ObjectNode expected = (ObjectNode) MAPPER.readTree(record.value());
    expected.put("time", CloudEventsJavaScriptSdkTest.milliseconds(ours.event()).toString());
    expected.put("partitionkey", record.key());
    assertThat(event).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("published")
  void eventOfTheJavaScriptSdk_isReadByUs(Published<?> ours) throws Exception {
    assertReadFromJavaScript(ours);
  }

  private static <T> void assertReadFromJavaScript(Published<T> ours) throws Exception {
    ObjectNode request = MAPPER.createObjectNode();
    request.putArray("read");
    request
        .putArray("write")
        .addObject()
        .put("mode", "structured")
        .set("event", CloudEventsJavaScriptSdkTest.attributes(ours));

    JsonNode record = CloudEventsJavaScriptSdkTest.run(request).get("write").get(0);

    CloudEvent<T> read =
        ours.codec()
            .read(
                name -> record.get("headers").path(name).textValue(),
                Base64.getDecoder().decode(record.get("value").asText()));
    assertThat(read).isEqualTo(CloudEventsJavaScriptSdkTest.inMilliseconds(ours.event()));
  }

  private static <T> EventRecord write(Published<T> ours) {
    return TestWriters.structured().write(ours.codec(), ours.event());
  }

  private static String header(ProducerRecord<?, ?> record, String name) {
    return record.headers().lastHeader(name) == null
        ? null
        : new String(record.headers().lastHeader(name).value(), UTF_8);
  }
}
