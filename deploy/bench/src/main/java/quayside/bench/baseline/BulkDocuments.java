package quayside.bench.baseline;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes documents of the search index that are ready in memory, with the statement of the product
 * in batches of its size: nothing is read from Kafka, no name is cut into words. Used by one
 * thread.
 */
public final class BulkDocuments {
  private static final int BATCH = 500;
  private static final String NAMES =
      "bucket, object_key, version, deleted, etag, size_bytes, mime_type, media_type, image_width,"
          + " image_height, image_format, uploaded_at, variables, verification_level, event_id,"
          + " folded_key, words";
  private static final List<String> TYPES =
      List.of(
          "text", "text", "int8", "bool", "text", "int8", "text", "text", "int4", "int4", "text",
          "text", "text", "text", "text", "text", "text");

  private static final String UPSERT =
      """
      insert into search.documents as d (%1$s)
      select bucket, object_key, version, deleted, etag, size_bytes, mime_type, media_type,
        image_width, image_height, image_format, uploaded_at::timestamptz, variables::jsonb,
        verification_level, event_id, folded_key, words::tsvector
      from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) as v (%1$s)
      order by bucket, object_key
      on conflict (bucket, object_key) do update set version = excluded.version,
        deleted = excluded.deleted, etag = excluded.etag, size_bytes = excluded.size_bytes,
        mime_type = excluded.mime_type, media_type = excluded.media_type,
        image_width = excluded.image_width, image_height = excluded.image_height,
        image_format = excluded.image_format, uploaded_at = excluded.uploaded_at,
        variables = excluded.variables, verification_level = excluded.verification_level,
        event_id = excluded.event_id, folded_key = excluded.folded_key, words = excluded.words
      where d.version < excluded.version
      returning bucket, object_key
      """
          .formatted(NAMES);

  /** One batch: an array for each column. */
  private final List<List<@Nullable Object[]>> batches = new ArrayList<>();

  /** Reads the documents that the index has, in the order in which they were written. */
  public BulkDocuments(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.setFetchSize(10_000);
      List<@Nullable Object[]> rows = new ArrayList<>();
      try (ResultSet result =
          statement.executeQuery("select " + NAMES + " from search.documents")) {
        while (result.next()) {
          rows.add(row(result));
        }
      }
      for (int from = 0; from < rows.size(); from += BATCH) {
        batches.add(columns(rows.subList(from, Math.min(from + BATCH, rows.size()))));
      }
    } finally {
      connection.rollback();
    }
  }

  /** Writes them, each batch in a transaction of its own; returns documents a second. */
  public double documentsPerSecond(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    long begin = System.nanoTime();
    int written = 0;
    for (List<@Nullable Object[]> batch : batches) {
      written += write(connection, batch);
      connection.commit();
    }
    return written / ((System.nanoTime() - begin) / 1e9);
  }

  private static int write(Connection connection, List<@Nullable Object[]> batch)
      throws SQLException {
    int written = 0;
    try (PreparedStatement statement = connection.prepareStatement(UPSERT)) {
      for (int i = 0; i < TYPES.size(); i++) {
        statement.setArray(i + 1, connection.createArrayOf(TYPES.get(i), batch.get(i)));
      }
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          written++;
        }
      }
    }
    return written;
  }

  private static @Nullable Object[] row(ResultSet result) throws SQLException {
    @Nullable Object[] row = new Object[TYPES.size()];
    for (int i = 0; i < row.length; i++) {
      row[i] = TYPES.get(i).equals("text") ? result.getString(i + 1) : result.getObject(i + 1);
    }
    return row;
  }

  private static List<@Nullable Object[]> columns(List<@Nullable Object[]> rows) {
    List<@Nullable Object[]> columns = new ArrayList<>();
    for (int i = 0; i < TYPES.size(); i++) {
      int column = i;
      columns.add(rows.stream().map(row -> row[column]).toArray());
    }
    return columns;
  }
}
