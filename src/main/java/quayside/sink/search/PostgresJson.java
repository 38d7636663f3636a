package quayside.sink.search;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** The {@code jsonb} columns, written and read by nobody but this package. Thread-safe. */
final class PostgresJson {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private PostgresJson() {}

  /** The JSON of a map of variables or a list of thumbnails. */
  static String write(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a record of texts and numbers is not writable", impossible);
    }
  }

  /** Reads what {@link #write} wrote. */
  static <T> T read(String json, TypeReference<T> type) {
    try {
      return MAPPER.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(
          "a column of the search index was changed by someone else", e);
    }
  }
}
