package quayside.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import quayside.event.EventType;

/**
 * The AsyncAPI document in itself: every message has examples, and they are valid. That AsyncAPI's
 * own parser takes it is seen by {@code make check}.
 */
class AsyncApiTest {
  private static final AsyncApi API = AsyncApi.current();

  static Set<String> messages() {
    return API.messages().keySet();
  }

  @ParameterizedTest
  @MethodSource("messages")
  void everyExample_isValid(String name) {
    JsonNode message = API.messages().get(name);
    List<String> failures = new ArrayList<>();
    for (JsonNode example : message.path("examples")) {
      JsonNode headers = example.path("headers");
      failures.addAll(SchemaFiles.failures(message.path("payload"), example.get("payload")));
      if (message.has("headers")) {
        failures.addAll(SchemaFiles.failures(message.get("headers"), headers));
      }
      if (headers.has("ce_partitionkey")) {
        JsonNode key = message.at("/bindings/kafka/key");
        failures.addAll(SchemaFiles.failures(key, headers.get("ce_partitionkey")));
      }
    }

    assertThat(message.path("examples")).isNotEmpty();
    assertThat(failures).isEmpty();
  }

  /** An example that only says what is required anyway would say little. */
  @Test
  void examples_showEveryHeader() {
    Set<String> shown = new TreeSet<>();
    API.messages()
        .values()
        .forEach(message ->
            message
                .findValues("headers")
                .forEach(h -> h.fieldNames().forEachRemaining(shown::add)));
    Set<String> headers = new TreeSet<>();
    SchemaFiles.json(SchemaFiles.HEADERS)
        .path("properties")
        .fieldNames()
        .forEachRemaining(headers::add);

    assertThat(shown).containsAll(headers);
  }

  @ParameterizedTest
  @EnumSource
  void everyType_isAMessageOnItsTopic(EventType type) {
    JsonNode message = messageOf(type.ceType());
    String topic = type.ceType().replace("io.quayside.object", "oss.object");

    assertThat(message.path("payload")).isEqualTo(SchemaFiles.of(type));
    assertThat(message.at("/headers/allOf/1/properties/ce_dataschema/const").asText())
        .isEqualTo(type.dataSchema().toString());
    assertThat(
            API.channels().values().stream()
                .filter(channel -> channel.path("address").asText().equals(topic))
                .flatMap(channel -> channel.path("messages").valueStream()))
        .contains(message);
  }

  /** Where there is a registry, the id of the schema is a header: values stay plain JSON. */
  @Test
  void schemaId_isAHeaderOfEveryEvent() {
    Stream<Map.Entry<String, JsonNode>> events =
        API.messages().entrySet().stream().filter(message -> message.getKey().startsWith("object"));

    assertThat(events)
        .hasSize(5)
        .allSatisfy(message ->
            assertThat(message.getValue().at("/bindings/kafka/schemaIdLocation").asText())
                .isEqualTo("header"));
  }

  private static JsonNode messageOf(String ceType) {
    return API.messages().values().stream()
        .filter(message ->
            message.at("/headers/allOf/1/properties/ce_type/const").asText().equals(ceType))
        .filter(message -> !message.at("/payload/type").asText().equals("null"))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no message of type " + ceType));
  }
}
