package quayside.contract;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import quayside.event.EventType;

/** The files of {@code schemas/} and what they say of data. Everything is read anew. */
final class SchemaFiles {
  static final Path FOLDER = Path.of("schemas");
  static final Path HEADERS = FOLDER.resolve("event-headers.v1.schema.json");

  private static final String ENDING = ".schema.json";
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
  private static final JsonSchemaFactory FACTORY =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

  private SchemaFiles() {}

  /** Every schema that is published now. */
  static List<Path> all() {
    return list(FOLDER, ENDING);
  }

  /** The schema of an event's data. */
  static JsonNode of(EventType type) {
    return json(FOLDER.resolve(type.schemaFile()));
  }

  /** Examples of what a schema describes; {@code kind} is {@code valid} or {@code invalid}. */
  static List<Path> examples(Path schema, String kind) {
    String name = schema.getFileName().toString().replace(ENDING, "");
    return list(FOLDER.resolve("examples").resolve(name).resolve(kind), ".json");
  }

  /** The schema that an example belongs to. */
  static Path schemaOf(Path example) {
    Path folder = example.getParent().getParent().getFileName();
    return FOLDER.resolve(folder + ENDING);
  }

  /**
   * What is wrong with data, each failure as the member's path and the keyword it breaks, such as
   * {@code image.width.minimum}; empty when nothing is.
   */
  static List<String> failures(JsonNode schema, JsonNode data) {
    SchemaValidatorsConfig config =
        SchemaValidatorsConfig.builder()
            .formatAssertionsEnabled(true)
            .pathType(PathType.JSON_POINTER)
            .build();
    return FACTORY.getSchema(schema, config).validate(data).stream()
        .map(SchemaFiles::nameOf)
        .toList();
  }

  static JsonNode json(Path file) {
    try {
      return MAPPER.readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String nameOf(ValidationMessage message) {
    String path = message.getInstanceLocation().toString();
    String member = message.getType().equals("required") ? "/" + message.getProperty() : "";
    return (path + member + "/" + message.getType()).substring(1).replace('/', '.');
  }

  private static List<Path> list(Path folder, String ending) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
