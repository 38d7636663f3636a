package quayside.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import quayside.event.EventType;
import quayside.event.InvalidEventException;

/** The examples are what their names say, and the service reads and writes those of its events. */
class ExamplesTest {
  static Stream<Path> validExamples() {
    return SchemaFiles.all().stream()
        .flatMap(schema -> SchemaFiles.examples(schema, "valid").stream());
  }

  static Stream<Path> invalidExamples() {
    return SchemaFiles.all().stream()
        .flatMap(schema -> SchemaFiles.examples(schema, "invalid").stream());
  }

  static Stream<Path> validData() {
    return Arrays.stream(EventType.values())
        .map(type -> SchemaFiles.FOLDER.resolve(type.schemaFile()))
        .flatMap(schema -> SchemaFiles.examples(schema, "valid").stream());
  }

  @ParameterizedTest
  @MethodSource("validExamples")
  void validExample_isValid(Path file) {
    assertThat(
            SchemaFiles.failures(
                SchemaFiles.json(SchemaFiles.schemaOf(file)), SchemaFiles.json(file)))
        .isEmpty();
  }

  /**
   * The file name says member and keyword: {@code size.minimum.json} breaks the minimum of size,
   * nothing else.
   */
  @ParameterizedTest
  @MethodSource("invalidExamples")
  void invalidExample_failsAsNamed(Path file) {
    assertThat(
            SchemaFiles.failures(
                SchemaFiles.json(SchemaFiles.schemaOf(file)), SchemaFiles.json(file)))
        .containsExactly(file.getFileName().toString().replace(".json", ""));
  }

  /**
   * What is written after reading is the example again, but for members the reader does not know.
   */
  @ParameterizedTest
  @MethodSource("validData")
  void validData_survivesReadingAndWriting(Path file) throws InvalidEventException {
    ObjectNode expected = (ObjectNode) SchemaFiles.json(file);
    expected.remove("addedLater");

    assertThat(EventData.of(typeOf(file)).rewritten(SchemaFiles.json(file)).toString())
        .isEqualTo(expected.toString());
  }

  private static EventType typeOf(Path example) {
    String schema = SchemaFiles.schemaOf(example).getFileName().toString();
    return Arrays.stream(EventType.values())
        .filter(type -> type.schemaFile().equals(schema))
        .findFirst()
        .orElseThrow();
  }
}
