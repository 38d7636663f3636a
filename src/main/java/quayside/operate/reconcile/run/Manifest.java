package quayside.operate.reconcile.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What an inventory's {@code manifest.json} says.
 *
 * @param bucket the bucket it is about
 * @param begun when the bucket was scanned
 * @param columns of the data files, in lower case; there is no header line
 * @param files in order
 */
record Manifest(String bucket, Instant begun, List<String> columns, List<DataFile> files) {
  private static final JsonMapper JSON = new JsonMapper();
  private static final List<String> NEEDED = List.of("key", "size", "etag");

  Manifest {
    columns = List.copyOf(columns);
    files = List.copyOf(files);
    if (!columns.containsAll(NEEDED)) {
      throw new IllegalArgumentException(
          "fileSchema: " + columns + " has not all of " + NEEDED + "; add them to the inventory");
    }
  }

  /**
   * A data file.
   *
   * @param key where it was delivered
   * @param md5 of its bytes, in hex, or null when nobody says
   */
  record DataFile(String key, @Nullable String md5) {}

  /**
   * Reads one.
   *
   * @throws SourceException when it is none, or not of CSV
   */
  static Manifest parse(byte[] json) throws SourceException {
    try {
      JsonNode manifest = JSON.readTree(json);
      if (!manifest.path("fileFormat").asText().equals("CSV")) {
        throw new SourceException("inventory: fileFormat is not CSV");
      }
      List<DataFile> files = new ArrayList<>();
      for (JsonNode file : manifest.path("files")) {
        files.add(new DataFile(file.path("key").asText(), file.path("MD5checksum").asText(null)));
      }
      return new Manifest(
          manifest.path("sourceBucket").asText(),
          Instant.ofEpochSecond(Long.parseLong(manifest.path("creationTimestamp").asText())),
          columns(manifest.path("fileSchema").asText()),
          files);
    } catch (JsonProcessingException e) {
      throw new SourceException("inventory: the manifest is not JSON", e);
    } catch (IOException | IllegalArgumentException e) {
      throw new SourceException("inventory: " + e.getMessage(), e);
    }
  }

  /** The columns of a {@code fileSchema}. */
  static List<String> columns(String schema) {
    return Arrays.stream(schema.split(","))
        .map(column -> column.strip().toLowerCase(Locale.ROOT))
        .toList();
  }
}
