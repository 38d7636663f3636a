package quayside.sink.timeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import quayside.sink.DependencyUnavailableException;
import quayside.sink.PermanentFailureException;

/** The table {@code timeline.entry}. Blocks; thread-safe. */
@ApplicationScoped
class TimelineStore {
  // OSS: a bucket name has 3 to 63 characters, a key 1 to 1023 bytes.
  private static final int MAX_BUCKET_BYTES = 63;
  private static final int MAX_KEY_BYTES = 1023;

  // SQLSTATE classes: data exception, integrity violation, program limit exceeded.
  private static final Set<String> FAULT_OF_THE_DATA = Set.of("22", "23", "54");

  private static final String INSERT =
      """
      insert into timeline.entry (bucket, object_key, at, topic, kafka_partition, kafka_offset, item, kind, outcome,
        sink, event_id, event_type, trace_id, details)
      select * from unnest(?::text[], ?::text[], ?::timestamptz[], ?::text[], ?::int4[], ?::int8[], ?::int4[],
        ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::jsonb[])
      on conflict do nothing\
      """;

  /** Of one object, from a place on, one more than a page has. */
  static final String PAGE =
      """
      select at, topic, kafka_partition, kafka_offset, item, kind, outcome, sink, event_id, event_type, trace_id, details
      from timeline.entry
      where bucket = ? and object_key = ?
        and (at, topic, kafka_partition, kafka_offset, item) > (?::timestamptz, ?, ?, ?, ?)
      order by at, topic, kafka_partition, kafka_offset, item
      limit ?\
      """;

  private static final String DELETE =
      """
      delete from timeline.entry where ctid = any (array(
        select ctid from timeline.entry where at < ? limit ? for update skip locked))\
      """;

  private static final JsonMapper JSON = new JsonMapper();
  private static final TypeReference<LinkedHashMap<String, String>> DETAILS =
      new TypeReference<>() {};

  private static final List<Column> COLUMNS =
      List.of(
          new Column("text", TimelineEntry.OfObject::bucket),
          new Column("text", TimelineEntry.OfObject::key),
          new Column("text", of -> of.entry().at().toString()),
          new Column("text", of -> of.entry().place().topic()),
          new Column("int4", of -> of.entry().place().partition()),
          new Column("int8", of -> of.entry().place().offset()),
          new Column("int4", of -> of.entry().place().item()),
          new Column("text", of -> of.entry().kind().value()),
          new Column("text", of -> clean(of.entry().outcome())),
          new Column("text", of -> clean(of.entry().sink())),
          new Column("text", of -> clean(of.entry().eventId())),
          new Column("text", of -> clean(of.entry().eventType())),
          new Column("text", of -> clean(of.entry().traceId())),
          new Column("text", of -> details(of.entry())));

  private final DataSource dataSource;

  TimelineStore(Instance<DataSource> dataSource) {
    this.dataSource = dataSource.get();
  }

  /** One array parameter, in the order of the statement. */
  private record Column(String type, Function<TimelineEntry.OfObject, @Nullable Object> value) {}

  /**
   * Adds entries; those that are there already are left as they are, those of what cannot be an
   * object are left out.
   *
   * @throws PermanentFailureException {@code timeline-entry-refused} when the database refuses one
   */
  void write(List<TimelineEntry.OfObject> entries)
      throws PermanentFailureException, DependencyUnavailableException {
    List<TimelineEntry.OfObject> storable =
        entries.stream().filter(TimelineStore::isStorable).toList();
    try (Connection connection = dataSource.getConnection();
        PreparedStatement insert = connection.prepareStatement(INSERT)) {
      for (int i = 0; i < COLUMNS.size(); i++) {
        Column column = COLUMNS.get(i);
        Object[] values = storable.stream().map(column.value()).toArray();
        insert.setArray(i + 1, connection.createArrayOf(column.type(), values));
      }
      insert.executeUpdate();
    } catch (SQLException e) {
      String state = e.getSQLState();
      if (state != null
          && state.length() == 5
          && FAULT_OF_THE_DATA.contains(state.substring(0, 2))) {
        throw new PermanentFailureException(
            "timeline-entry-refused", "PostgreSQL: SQLSTATE " + state, e);
      }
      throw unavailable(e);
    }
  }

  /** The entries of an object after a place, at most {@code limit}. */
  List<TimelineEntry> page(String bucket, String key, TimelineCursor after, int limit)
      throws DependencyUnavailableException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement select = connection.prepareStatement(PAGE)) {
      select.setString(1, bucket);
      select.setString(2, key);
      select.setString(3, after.at());
      select.setString(4, after.topic());
      select.setInt(5, after.partition());
      select.setLong(6, after.offset());
      select.setInt(7, after.item());
      select.setInt(8, limit);
      List<TimelineEntry> entries = new ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          entries.add(entry(rows));
        }
      }
      return entries;
    } catch (SQLException e) {
      throw unavailable(e);
    }
  }

  /** Deletes at most {@code limit} entries of before a time; returns how many it were. */
  int deleteBefore(Instant time, int limit) throws DependencyUnavailableException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement delete = connection.prepareStatement(DELETE)) {
      delete.setObject(1, OffsetDateTime.ofInstant(time, ZoneOffset.UTC));
      delete.setInt(2, limit);
      return delete.executeUpdate();
    } catch (SQLException e) {
      throw unavailable(e);
    }
  }

  /** True when the table can hold, and so can be asked for, an object of this name. */
  static boolean isStorable(String bucket, String key) {
    return isText(bucket, MAX_BUCKET_BYTES) && isText(key, MAX_KEY_BYTES);
  }

  private static boolean isStorable(TimelineEntry.OfObject entry) {
    return isStorable(entry.bucket(), entry.key());
  }

  // No NUL, and no half of a surrogate pair: the driver would write a question mark.
  private static boolean isText(String text, int maxBytes) {
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    return bytes >= 1 && bytes <= maxBytes && text.equals(clean(text));
  }

  private static @Nullable String clean(@Nullable String text) {
    return text == null
        ? null
        : new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)
            .replace('\0', '?');
  }

  private static String details(TimelineEntry entry) {
    Map<String, @Nullable String> clean = new LinkedHashMap<>();
    entry.details().forEach((name, value) -> clean.put(name, clean(value)));
    try {
      return JSON.writeValueAsString(clean);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("details are not writable", impossible);
    }
  }

  private static TimelineEntry entry(ResultSet row) throws SQLException {
    try {
      return new TimelineEntry(
          row.getObject("at", OffsetDateTime.class).toInstant(),
          TimelineKind.ofValue(row.getString("kind")),
          row.getString("outcome"),
          row.getString("sink"),
          row.getString("event_id"),
          row.getString("event_type"),
          row.getString("trace_id"),
          JSON.readValue(row.getString("details"), DETAILS),
          new TimelineEntry.Place(
              row.getString("topic"),
              row.getInt("kafka_partition"),
              row.getLong("kafka_offset"),
              row.getInt("item")));
    } catch (JsonProcessingException e) {
      throw new SQLException("details are not JSON", e);
    }
  }

  private static DependencyUnavailableException unavailable(SQLException cause) {
    return new DependencyUnavailableException(
        "timeline: PostgreSQL: "
            + String.valueOf(cause.getMessage()).lines().findFirst().orElse(""),
        cause);
  }
}
