package quayside.sink.catalog;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import quayside.event.CloudEvent;
import quayside.sink.PermanentFailureException;

/**
 * A table with one row per object, which only a newer event changes. Immutable and thread-safe.
 *
 * @param <T> the data of the events it is written from
 */
final class FencedTable<T> {
  /** OSS: a bucket name has 3 to 63 characters. */
  private static final int MAX_BUCKET_BYTES = 63;

  /** OSS: a key has 1 to 1023 bytes. */
  private static final int MAX_KEY_BYTES = 1023;

  /** Source and id share an index row, which holds at most about 2700 bytes. */
  private static final int MAX_IDENTITY_BYTES = 1024;

  private final String name;
  private final List<Column<T>> columns;
  private final String upsert;

  /**
   * A table.
   *
   * @param name with its schema
   * @param bucket from the data to the bucket
   * @param key from the data to the object key
   * @param columns those beyond the ones that every such table has
   * @param alsoSet SQL assignments for a row that is replaced, or empty
   */
  FencedTable(
      String name, DataText<T> bucket, DataText<T> key, List<Column<T>> columns, String alsoSet) {
    this.name = name;
    this.columns = new ArrayList<>();
    this.columns.add(
        Column.text(
            "bucket", MAX_BUCKET_BYTES, "catalog-bucket-length", event -> bucket.of(event.data())));
    this.columns.add(
        Column.text("key", MAX_KEY_BYTES, "catalog-key-length", event -> key.of(event.data())));
    this.columns.add(
        Column.text(
            "event_source", MAX_IDENTITY_BYTES, "catalog-identity-length", CloudEvent::source));
    this.columns.add(
        Column.text("event_id", MAX_IDENTITY_BYTES, "catalog-identity-length", CloudEvent::id));
    this.columns.add(Column.bigint("sequence", CloudEvent::sequence));
    this.columns.add(Column.time("recorded_at", CloudEvent::recordedTime));
    this.columns.addAll(columns);
    this.upsert = upsertSql(alsoSet.isEmpty() ? "" : ", " + alsoSet);
  }

  /** A text of the data. */
  @FunctionalInterface
  interface DataText<T> {
    @Nullable String of(T data);
  }

  /**
   * The row an event would write.
   *
   * @throws PermanentFailureException when the table cannot hold it exactly
   */
  FencedRow row(CloudEvent<T> event) throws PermanentFailureException {
    List<@Nullable Object> values = new ArrayList<>(columns.size());
    for (Column<T> column : columns) {
      values.add(column.value().of(event));
    }
    ObjectName object =
        new ObjectName(String.valueOf(values.get(0)), String.valueOf(values.get(1)));
    return new FencedRow(event, new EventIdentity(event.source(), event.id()), object, values);
  }

  /** True when a row can have this bucket. */
  static boolean fitsBucket(String bucket) {
    return StoredText.fits(bucket, MAX_BUCKET_BYTES);
  }

  /** True when a row can have this key. */
  static boolean fitsKey(String key) {
    return StoredText.fits(key, MAX_KEY_BYTES);
  }

  /** SQL types of the columns, in the order of {@link FencedRow#values()}. */
  List<String> types() {
    return columns.stream().map(Column::type).toList();
  }

  /**
   * Takes one array per column, at most one element per object; returns source and id of the events
   * that changed a row. Rows are written in the order of their key, so that two writers never wait
   * for each other in a circle.
   */
  String upsert() {
    return upsert;
  }

  /** Names of the columns, in the order of {@link FencedRow#values()}. */
  List<String> names() {
    return columns.stream().map(Column::name).toList();
  }

  private String upsertSql(String alsoSet) {
    String names = columns.stream().map(Column::name).collect(joining(", "));
    String arrays =
        columns.stream().map(column -> "?::" + column.type() + "[]").collect(joining(", "));
    String updates =
        columns.stream()
            .map(column -> column.name() + " = excluded." + column.name())
            .collect(joining(", "));
    return """
    insert into %s as held (%s)
    select %s from unnest(%s) as event (%s) order by bucket collate "C", key collate "C"
    on conflict (bucket, key) do update set %s%s, updated_at = now()
    where excluded.sequence > held.sequence
    returning event_source, event_id\
    """
        .formatted(name, names, names, arrays, names, updates, alsoSet);
  }
}
