package example;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What one event comes to, and the line that says so: seven fields with a tab between them, an
 * absent one a hyphen, written as jq's {@code @tsv} writes them.
 *
 * @param kind {@code uploaded}, {@code thumbnailed} or {@code deleted}
 * @param object {@code bucket/object}, the record key
 * @param sequence the fence: of two events about one object the larger one is the later one
 * @param etag the version of the object, or a hyphen
 * @param detail bytes of an upload, number of thumbnails, reason of a deletion, or a hyphen
 * @param source with {@code id}, the identity of the event
 * @param id a hyphen when it comes from the state topic, which does not name every event
 */
record Effect(
    String kind,
    String object,
    long sequence,
    String etag,
    String detail,
    String source,
    String id) {
  static final String UPLOADED = "uploaded";
  static final String THUMBNAILED = "thumbnailed";
  static final String DELETED = "deleted";
  static final String ABSENT = "-";

  /** Uploads and deletions of an object share one fence, its thumbnailings have their own. */
  String fence() {
    return (kind.equals(THUMBNAILED) ? "thumbnails of " : "") + object;
  }

  String toLine() {
    return Stream.of(kind, object, Long.toString(sequence), etag, detail, source, id)
        .map(field ->
            field
                .replace("\\", "\\\\")
                .replace("\t", "\\t")
                .replace("\n", "\\n")
                .replace("\r", "\\r"))
        .collect(Collectors.joining("\t"));
  }

  static Effect ofLine(String line) {
    List<String> field = Stream.of(line.split("\t")).map(String::translateEscapes).toList();
    return new Effect(
        field.get(0),
        field.get(1),
        Long.parseLong(field.get(2)),
        field.get(3),
        field.get(4),
        field.get(5),
        field.get(6));
  }
}
