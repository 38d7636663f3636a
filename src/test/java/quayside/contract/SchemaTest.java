package quayside.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import quayside.event.EventType;

/** The schemas themselves: valid, described, and open to what later versions add. */
class SchemaTest {
  static Stream<Path> schemas() {
    return SchemaFiles.all().stream();
  }

  /** A type without a schema, and a schema nobody looks for, are both mistakes. */
  @Test
  void schemas_areThoseOfTheEventsAndOfTheHeaders() {
    List<String> names =
        SchemaFiles.all().stream().map(file -> file.getFileName().toString()).toList();

    assertThat(names)
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(
                    Stream.of(SchemaFiles.HEADERS.getFileName().toString()),
                    Stream.of(EventType.values()).map(EventType::schemaFile))
                .toList());
  }

  @ParameterizedTest
  @MethodSource("schemas")
  void schema_isItselfValid(Path file) {
    JsonSchema metaSchema =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));

    assertThat(metaSchema.validate(SchemaFiles.json(file))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("schemas")
  void schema_isNamedAsItsFile(Path file) {
    assertThat(SchemaFiles.json(file).get("$id").asText())
        .isEqualTo("https://quayside.io/schemas/" + file.getFileName());
  }

  @ParameterizedTest
  @EnumSource
  void schema_hasTheIdThatEventsName(EventType type) {
    assertThat(SchemaFiles.of(type).get("$id").asText()).isEqualTo(type.dataSchema().toString());
  }

  /** A member without a sentence is a member everybody understands differently. */
  @ParameterizedTest
  @MethodSource("schemas")
  void everyMember_isDescribed(Path file) {
    assertThat(MemberDescriptions.lacking(SchemaFiles.json(file))).isEmpty();
  }

  /** Later minor versions add members; a reader that validates must let them pass. */
  @ParameterizedTest
  @MethodSource("schemas")
  void schema_allowsMembersOfLaterVersions(Path file) {
    List<JsonNode> closed = new ArrayList<>();
    for (String keyword : List.of("additionalProperties", "unevaluatedProperties")) {
      SchemaFiles.json(file).findValues(keyword).stream()
          .filter(value -> value.isBoolean() && !value.asBoolean())
          .forEach(closed::add);
    }

    assertThat(closed).isEmpty();
  }
}
