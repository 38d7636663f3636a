package quayside.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import quayside.event.CloudEvent;
import quayside.event.EventCodec;
import quayside.event.EventType;
import quayside.event.IngestPath;
import quayside.event.ObjectDeleted;

/** The headers that are written are those of the schema, and the other way round. */
class HeadersTest {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final EventCodec<ObjectDeleted> CODEC = EventCodec.objectDeleted();

  /** Written beside the event: by the tracer, the registry's client and the signer. */
  private static final Set<String> ADDED =
      Set.of("traceparent", "tracestate", "ce_schemaid", "ce_dssematerial");

  @Test
  void headers_areThoseOfTheSchema() {
    Set<String> written = new TreeSet<>(CODEC.headers(event("a", IngestPath.RECONCILE)).keySet());
    written.addAll(ADDED);

    assertThat(names(schema().get("properties"))).isEqualTo(written);
  }

  @Test
  void headersThatAreAlwaysThere_areRequired() {
    Set<String> written = CODEC.headers(event(null, IngestPath.RECONCILE)).keySet();

    Set<String> required =
        Stream.concat(
                Stream.of("content-type"),
                StreamSupport.stream(schema().get("required").spliterator(), false)
                    .map(JsonNode::asText))
            .collect(Collectors.toSet());

    assertThat(required).isEqualTo(written);
  }

  @ParameterizedTest
  @EnumSource
  void headers_areValid(IngestPath path) {
    for (String object : Arrays.asList("照片 1.jpg", null)) {
      Map<String, String> headers = CODEC.headers(event(object, path));

      assertThat(SchemaFiles.failures(schema(), MAPPER.valueToTree(headers))).isEmpty();
    }
  }

  /** A closed list: readers may switch over it. */
  @Test
  void ingestPaths_areThoseOfTheSchema() {
    Set<String> paths =
        Arrays.stream(IngestPath.values())
            .map(IngestPath::value)
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> allowed = new TreeSet<>();
    schema().at("/properties/ce_ingestpath/enum").forEach(path -> allowed.add(path.asText()));

    assertThat(allowed).isEqualTo(paths);
  }

  private static JsonNode schema() {
    return SchemaFiles.json(SchemaFiles.HEADERS);
  }

  private static Set<String> names(JsonNode object) {
    Set<String> names = new TreeSet<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static CloudEvent<ObjectDeleted> event(String key, IngestPath path) {
    Instant time = Instant.parse("2026-11-22T08:00:00Z");
    return new CloudEvent<>(
        "gone-1",
        "acs:oss:-:-:uploads",
        EventType.OBJECT_DELETED_V1,
        key,
        time,
        time,
        key == null ? null : "uploads/" + key,
        1,
        path,
        key == null ? null : "cause",
        ObjectDeleted.notFound("uploads", "a", time));
  }
}
