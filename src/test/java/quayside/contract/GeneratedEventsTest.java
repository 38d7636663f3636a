package quayside.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;
import quayside.event.CloudEvent;
import quayside.event.EventType;
import quayside.event.InvalidEventException;

/** Whatever the service can write is valid, and whatever is valid the service can read. */
class GeneratedEventsTest {
  private static final int TRIES = 500;

  @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
  void record_isValid(@ForAll("records") Tuple2<EventType, Object> record) {
    EventType type = record.get1();

    JsonNode written = EventData.of(type).written(record.get2());

    assertThat(SchemaFiles.failures(SchemaFiles.of(type), written)).as("%s", written).isEmpty();
  }

  @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
  void validData_isReadAndNothingOfItLost(@ForAll("data") Tuple2<EventType, JsonNode> data)
      throws InvalidEventException {
    EventType type = data.get1();

    JsonNode rewritten = EventData.of(type).rewritten(data.get2());

    assertThat(SchemaFiles.failures(SchemaFiles.of(type), rewritten)).isEmpty();
    assertThat(lost("", SchemaFiles.of(type), data.get2(), rewritten)).isEmpty();
  }

  /** The new reader and the old event. */
  @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
  void dataOfEveryRelease_isReadAndNothingOfItLost(
      @ForAll("released") Tuple2<EventType, JsonNode> data) throws InvalidEventException {
    validData_isReadAndNothingOfItLost(data);
  }

  @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
  void validHeaders_areRead(@ForAll("headers") Map<String, String> headers)
      throws InvalidEventException {
    EventType type = EventType.OBJECT_DELETED_V1;
    JsonNode data =
        SchemaFiles.json(
            SchemaFiles.examples(SchemaFiles.FOLDER.resolve(type.schemaFile()), "valid")
                .getFirst());

    CloudEvent<?> event = EventData.of(type).read(headers, data);

    assertThat(event.id()).isEqualTo(headers.get("ce_id"));
    assertThat(event.subject()).isEqualTo(headers.get("ce_subject"));
    assertThat(event.sequence()).isEqualTo(Long.parseLong(headers.get("ce_sequence")));
  }

  @Provide
  Arbitrary<Tuple2<EventType, Object>> records() {
    return Arbitraries.of(EventType.values())
        .flatMap(type ->
            RecordValues.of(EventData.of(type).record(), SchemaFiles.of(type))
                .map(record -> Tuple.of(type, record)));
  }

  @Provide
  Arbitrary<Tuple2<EventType, JsonNode>> data() {
    return Arbitraries.of(EventType.values())
        .flatMap(type -> SchemaValues.of(SchemaFiles.of(type)).map(value -> Tuple.of(type, value)));
  }

  @Provide
  Arbitrary<Tuple2<EventType, JsonNode>> released() {
    return Arbitraries.of(Release.all())
        .flatMap(release ->
            Arbitraries.of(EventType.values())
                .filter(type -> release.schemas().containsKey(type.schemaFile()))
                .flatMap(type ->
                    SchemaValues.of(release.schemas().get(type.schemaFile()))
                        .map(value -> Tuple.of(type, value))));
  }

  @Provide
  Arbitrary<Map<String, String>> headers() {
    return SchemaValues.of(SchemaFiles.json(SchemaFiles.HEADERS))
        .map(generated -> {
          Map<String, String> headers = new LinkedHashMap<>();
          generated.properties().forEach(h -> headers.put(h.getKey(), h.getValue().asText()));
          headers.put("ce_type", EventType.OBJECT_DELETED_V1.ceType());
          headers.put("content-type", "application/json");
          return headers;
        });
  }

  /** Members that the schema knows and that did not come back; a null may be left out. */
  private static List<String> lost(String path, JsonNode schema, JsonNode before, JsonNode after) {
    List<String> lost = new ArrayList<>();
    if (before instanceof ObjectNode object && schema.has("properties")) {
      schema
          .get("properties")
          .properties()
          .forEach(member -> {
            String name = member.getKey();
            JsonNode old = object.path(name);
            if (!isNothing(old) || !isNothing(after.path(name))) {
              lost.addAll(lost(path + "/" + name, member.getValue(), old, after.path(name)));
            }
          });
    } else if (before.isArray() && before.size() == after.size()) {
      for (int i = 0; i < before.size(); i++) {
        lost.addAll(lost(path + "/" + i, schema.get("items"), before.get(i), after.get(i)));
      }
    } else if (!before.toString().equals(after.toString())) {
      lost.add(path + ": " + before + " became " + after);
    }
    return lost;
  }

  private static boolean isNothing(JsonNode node) {
    return node.isMissingNode() || node.isNull() || node.isArray() && node.isEmpty();
  }
}
