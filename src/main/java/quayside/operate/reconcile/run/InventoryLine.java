package quayside.operate.reconcile.run;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import quayside.oss.ListedObject;

/**
 * Reads lines of an inventory: CSV as in RFC 4180, without header; keys are percent-encoded, so no
 * field has a line break. A plus sign is itself: were it meant as a blank, the object would not be
 * found, and nothing is published of an object that is not found.
 */
final class InventoryLine {
  private final int columns;
  private final int key;
  private final int size;
  private final int etag;
  private final int lastModified;
  private final int isLatest;
  private final int isDeleteMarker;

  InventoryLine(List<String> columns) {
    this.columns = columns.size();
    this.key = columns.indexOf("key");
    this.size = columns.indexOf("size");
    this.etag = columns.indexOf("etag");
    this.lastModified = columns.indexOf("lastmodifieddate");
    this.isLatest = columns.indexOf("islatest");
    this.isDeleteMarker = columns.indexOf("isdeletemarker");
  }

  /**
   * One object, or null for a version that is not the current one.
   *
   * @throws SourceException when the line is none of this inventory
   */
  @Nullable ListedObject parse(String line) throws SourceException {
    List<String> fields = fields(line);
    if (fields.size() != columns) {
      throw new SourceException(
          "inventory: a line has %d fields, fileSchema has %d".formatted(fields.size(), columns));
    }
    if (is(fields, isLatest, "false") || is(fields, isDeleteMarker, "true")) {
      return null;
    }
    try {
      return new ListedObject(
          decode(fields.get(key)),
          fields.get(etag).replace("\"", "").toUpperCase(Locale.ROOT),
          Long.parseLong(fields.get(size)),
          lastModified < 0 ? Instant.EPOCH : Instant.parse(fields.get(lastModified)));
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new SourceException("inventory: a line cannot be read: " + e.getMessage(), e);
    }
  }

  private static boolean is(List<String> fields, int column, String value) {
    return column >= 0 && fields.get(column).equalsIgnoreCase(value);
  }

  private static List<String> fields(String line) {
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
        field.append('"');
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        fields.add(field.toString());
        field.setLength(0);
      } else {
        field.append(c);
      }
    }
    fields.add(field.toString());
    return fields;
  }

  private static String decode(String encoded) {
    if (encoded.indexOf('%') < 0) {
      return encoded;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(encoded.length());
    for (int i = 0; i < encoded.length(); i++) {
      char c = encoded.charAt(i);
      if (c == '%') {
        bytes.write(Integer.parseInt(encoded, i + 1, i + 3, 16));
        i += 2;
      } else {
        bytes.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
