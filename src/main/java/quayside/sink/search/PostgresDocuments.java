package quayside.sink.search;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import quayside.event.ObjectUploaded.Image;
import quayside.sink.search.Change.Target;

/**
 * Writes the table {@code documents} of a schema: many documents and tombstones in one statement.
 */
final class PostgresDocuments {
  // Sorted, so that two writers lock rows in the same order and never wait for each other in a
  // circle.
  private static final String UPSERT =
      """
      insert into %s.documents as d (bucket, object_key, version, deleted, etag, size_bytes, mime_type, media_type,
        image_width, image_height, image_format, uploaded_at, variables, verification_level, event_id, folded_key, words)
      select bucket, object_key, version, deleted, etag, size_bytes, mime_type, media_type,
        image_width, image_height, image_format, uploaded_at::timestamptz, variables::jsonb, verification_level, event_id,
        folded_key, words::tsvector
      from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) as v (bucket, object_key, version, deleted, etag,
        size_bytes, mime_type, media_type, image_width, image_height, image_format, uploaded_at, variables,
        verification_level, event_id, folded_key, words)
      order by bucket, object_key
      on conflict (bucket, object_key) do update set version = excluded.version, deleted = excluded.deleted,
        etag = excluded.etag, size_bytes = excluded.size_bytes, mime_type = excluded.mime_type,
        media_type = excluded.media_type, image_width = excluded.image_width, image_height = excluded.image_height,
        image_format = excluded.image_format, uploaded_at = excluded.uploaded_at, variables = excluded.variables,
        verification_level = excluded.verification_level, event_id = excluded.event_id,
        folded_key = excluded.folded_key, words = excluded.words
      where d.version < excluded.version
      returning bucket, object_key
      """;

  /** One array parameter, in the order of the statement. */
  private record Column(String type, Function<Row, @Nullable Object> value) {}

  /** A change as the table sees it; a tombstone has no document. */
  private record Row(ObjectId id, long version, @Nullable ObjectDocument document) {
    static Row of(Change change) {
      return switch (change) {
        case Change.Upsert upsert -> new Row(upsert.id(), upsert.version(), upsert.document());
        case Change.Tombstone tombstone -> new Row(tombstone.id(), tombstone.version(), null);
        case Change.Thumbnails thumbnails ->
            throw new IllegalArgumentException(
                "thumbnails of " + thumbnails.id() + " are no document");
      };
    }
  }

  private static final List<Column> COLUMNS =
      List.of(
          new Column("text", row -> row.id().bucket()),
          new Column("text", row -> row.id().key()),
          new Column("int8", Row::version),
          new Column("bool", row -> row.document() == null),
          document("text", ObjectDocument::etag),
          document("int8", ObjectDocument::sizeBytes),
          document("text", ObjectDocument::mimeType),
          document("text", PostgresDocuments::mediaType),
          image("int4", Image::width),
          image("int4", Image::height),
          image("text", Image::format),
          document("text", document -> document.uploadedAt().toString()),
          document("text", document -> PostgresJson.write(document.variables())),
          document("text", document -> document.verificationLevel().value()),
          document("text", ObjectDocument::eventId),
          new Column("text", row -> row.document() == null ? null : NameWords.fold(row.id().key())),
          new Column("text", row -> row.document() == null ? null : words(row.id())));

  private final String upsert;

  PostgresDocuments(String schema) {
    upsert = UPSERT.formatted(schema);
  }

  /** Writes what is newer than the table; adds the targets written. No target may occur twice. */
  void write(Connection connection, List<Change> changes, Set<Target> applied) throws SQLException {
    if (changes.isEmpty()) {
      return;
    }
    List<Row> rows = changes.stream().map(Row::of).toList();
    try (PreparedStatement statement = connection.prepareStatement(upsert)) {
      for (int i = 0; i < COLUMNS.size(); i++) {
        statement.setArray(i + 1, array(connection, COLUMNS.get(i), rows));
      }
      try (ResultSet written = statement.executeQuery()) {
        while (written.next()) {
          applied.add(
              new Target.Document(new ObjectId(written.getString(1), written.getString(2))));
        }
      }
    }
  }

  private static Array array(Connection connection, Column column, List<Row> rows)
      throws SQLException {
    List<@Nullable Object> values = new ArrayList<>(rows.size());
    rows.forEach(row -> values.add(column.value().apply(row)));
    return connection.createArrayOf(column.type(), values.toArray());
  }

  private static Column document(String type, Function<ObjectDocument, @Nullable Object> value) {
    return new Column(type, row -> row.document() == null ? null : value.apply(row.document()));
  }

  private static Column image(String type, Function<Image, @Nullable Object> value) {
    return document(
        type, document -> document.image() == null ? null : value.apply(document.image()));
  }

  private static @Nullable String mediaType(ObjectDocument document) {
    return document.mimeType() == null
        ? null
        : MimeTypeRange.essence(document.mimeType()).orElse(null);
  }

  private static String words(ObjectId id) {
    return PostgresText.vector(NameWords.ofName(id.key()));
  }
}
