package quayside.sink.search;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import quayside.sink.search.Change.Target;

/**
 * Writes the table {@code thumbnails} of a schema: the thumbnails of many versions in one
 * statement.
 */
final class PostgresThumbnails {
  /** Stands for an unknown ETag, since a primary key has no nulls. */
  static final String NO_ETAG = "";

  // Sorted for the same reason as the documents.
  private static final String UPSERT =
      """
      insert into %s.thumbnails as t (bucket, object_key, etag, version, causation_id, thumbnails)
      select bucket, object_key, etag, version, causation_id, thumbnails::jsonb
      from unnest(?, ?, ?, ?, ?, ?) as v (bucket, object_key, etag, version, causation_id, thumbnails)
      order by bucket, object_key, etag
      on conflict (bucket, object_key, etag) do update set version = excluded.version,
        causation_id = excluded.causation_id, thumbnails = excluded.thumbnails
      where t.version < excluded.version
      returning bucket, object_key, etag
      """;

  private final String upsert;

  PostgresThumbnails(String schema) {
    upsert = UPSERT.formatted(schema);
  }

  /** Writes what is newer than the table; adds the targets written. No target may occur twice. */
  void write(Connection connection, List<Change.Thumbnails> changes, Set<Target> applied)
      throws SQLException {
    if (changes.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(upsert)) {
      set(connection, statement, 1, "text", changes, change -> change.id().bucket());
      set(connection, statement, 2, "text", changes, change -> change.id().key());
      set(
          connection,
          statement,
          3,
          "text",
          changes,
          change -> change.etag() == null ? NO_ETAG : change.etag());
      set(connection, statement, 4, "int8", changes, Change.Thumbnails::version);
      set(connection, statement, 5, "text", changes, Change.Thumbnails::causationId);
      set(
          connection,
          statement,
          6,
          "text",
          changes,
          change -> PostgresJson.write(change.thumbnails()));
      try (ResultSet written = statement.executeQuery()) {
        while (written.next()) {
          ObjectId id = new ObjectId(written.getString(1), written.getString(2));
          applied.add(new Target.ThumbnailsOf(id, etag(written.getString(3))));
        }
      }
    }
  }

  private static @Nullable String etag(String stored) {
    return stored.equals(NO_ETAG) ? null : stored;
  }

  private static void set(
      Connection connection,
      PreparedStatement statement,
      int index,
      String type,
      List<Change.Thumbnails> changes,
      Function<Change.Thumbnails, @Nullable Object> value)
      throws SQLException {
    statement.setArray(
        index, connection.createArrayOf(type, changes.stream().map(value).toArray()));
  }
}
