package quayside.upgrade;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import quayside.sink.catalog.Database;

/** What the sinks have written about a bucket, so that it can be compared with another bucket's. */
final class Rows {
  private static final List<String> TABLES =
      List.of("catalog.object", "catalog.thumbnails", "catalog.object_version", "search.documents");

  // Of one event and one moment alone; the placeholder is compared where it belongs.
  private static final String OWN =
      Stream.of(
              "bucket",
              "event_id",
              "event_source",
              "causation_id",
              "updated_at",
              "thumb_hash",
              "words")
          .collect(Collectors.joining(",", "{", "}"));

  private Rows() {}

  /** All columns that should be the same for the same events, row by row, by table. */
  static Map<String, List<String>> of(String bucket) throws Exception {
    Map<String, List<String>> rows = new TreeMap<>();
    for (String table : TABLES) {
      rows.put(
          table,
          select(
              "select (to_jsonb(t) - '"
                  + OWN
                  + "'::text[])::text from "
                  + table
                  + " t where bucket = ? order by 1",
              bucket));
    }
    return rows;
  }

  /** The first column of what a statement finds for a bucket. */
  static List<String> select(String sql, String bucket) throws Exception {
    List<String> values = new ArrayList<>();
    try (Connection connection = Database.connect();
        PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, bucket);
      ResultSet row = select.executeQuery();
      while (row.next()) {
        values.add(row.getString(1));
      }
    }
    return values;
  }
}
