package quayside.sink.catalog;

import static java.util.stream.Collectors.joining;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import quayside.event.ObjectDeleted;
import quayside.event.ObjectUploaded;

/**
 * Adds to {@code catalog.object_version} what a batch tells of objects, newest or not, in one
 * statement. What is there already is left as it is. Immutable and thread-safe.
 */
final class ObjectVersions {
  /** What is kept of the columns of {@link ObjectColumns}. */
  private static final List<String> KEPT =
      List.of(
          "bucket",
          "key",
          "sequence",
          "event_id",
          "recorded_at",
          "event_source",
          "state",
          "etag",
          "size",
          "mime_type",
          "verification_level",
          "uploaded_at");

  private static final String INSERT =
      """
      insert into catalog.object_version (bucket, key, sequence, event_id, recorded_at, event_source, kind, etag,
                                          size, mime_type, verification_level, occurred_at)
      select bucket, key, sequence, event_id, recorded_at, event_source,
             case state when 'deleted' then 'deleted' else 'uploaded' end, etag,
             size, mime_type, verification_level, uploaded_at
      from unnest(%s) as event (%s) order by bucket collate "C", key collate "C", sequence
      on conflict do nothing\
      """;

  private final List<Integer> places;
  private final UnnestStatement insert;

  ObjectVersions() {
    FencedTable<?> table = ObjectColumns.uploaded();
    this.places = KEPT.stream().map(table.names()::indexOf).toList();
    List<String> types = places.stream().map(table.types()::get).toList();
    String arrays = types.stream().map(type -> "?::" + type + "[]").collect(joining(", "));
    this.insert = new UnnestStatement(INSERT.formatted(arrays, String.join(", ", KEPT)), types);
  }

  /**
   * Adds rows in the transaction of the connection.
   *
   * @param fresh rows of any table, for events that the inbox did not know; those that tell of no
   *     version, such as thumbnails, are left out
   */
  void add(Connection connection, List<FencedRow> fresh) throws SQLException {
    List<List<@Nullable Object>> versions =
        fresh.stream().filter(ObjectVersions::tellsOfVersion).map(this::values).toList();
    if (!versions.isEmpty()) {
      insert.run(connection, versions);
    }
  }

  private static boolean tellsOfVersion(FencedRow row) {
    Object data = row.event().data();
    return data instanceof ObjectUploaded || data instanceof ObjectDeleted;
  }

  private List<@Nullable Object> values(FencedRow row) {
    List<@Nullable Object> values = new ArrayList<>(places.size());
    places.forEach(place -> values.add(row.values().get(place)));
    return values;
  }
}
