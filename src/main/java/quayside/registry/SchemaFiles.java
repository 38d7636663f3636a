package quayside.registry;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import quayside.event.EventType;

/** The files of {@code schemas/}, which are in the jar as they are in the source tree. */
final class SchemaFiles {
  private static final String FOLDER = "/quayside/schemas/";
  private static final JsonMapper JSON = new JsonMapper();

  private SchemaFiles() {}

  /** The JSON Schema of a type's data, without white space: to a registry that is no change. */
  static String compact(EventType type) {
    try (InputStream file = SchemaFiles.class.getResourceAsStream(FOLDER + type.schemaFile())) {
      if (file == null) {
        throw new IllegalStateException(FOLDER + type.schemaFile() + " is not in the jar");
      }
      return JSON.readTree(file).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
