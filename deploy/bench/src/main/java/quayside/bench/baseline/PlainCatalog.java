package quayside.bench.baseline;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * What one would write by hand to have uploads in the catalog: the batches of the product, its
 * inbox and its fenced upsert, one transaction each, and nothing else: no check of what it writes,
 * no contradictions, no retries, no metrics, no timeline. Arguments: Kafka, topic, group, JDBC URL.
 */
public final class PlainCatalog {
  private static final int BATCH = 500;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static final List<Column> COLUMNS =
      List.of(
          text("bucket"),
          text("key"),
          new Column("event_source", "text", event -> event.header("ce_source")),
          new Column("event_id", "text", event -> event.header("ce_id")),
          new Column("sequence", "bigint", event -> Long.valueOf(event.header("ce_sequence"))),
          new Column("recorded_at", "timestamptz", event -> event.header("ce_recordedtime")),
          text("etag"),
          new Column("size", "bigint", event -> event.data().path("size").longValue()),
          text("crc64"),
          text("content_md5", "contentMd5"),
          text("mime_type", "mimeType"),
          image("image_width", "width"),
          image("image_height", "height"),
          new Column("image_format", "text", event -> string(event.image().path("format"))),
          text("operation"),
          text("request_id", "requestId"),
          text("owner"),
          text("requester"),
          text("client_ip", "clientIp"),
          text("vpc_id", "vpcId"),
          new Column("variables", "jsonb", event -> event.data().path("variables").toString()),
          new Column("fields", "jsonb", event -> event.data().path("fields").toString()),
          new Column(
              "verification_level",
              "text",
              event -> string(event.data().path("verification").path("level"))),
          new Column("uploaded_at", "timestamptz", event -> event.header("ce_time")),
          new Column("state", "text", event -> "present"));

  private static final String INBOX =
      """
      insert into catalog.inbox (source, id, recorded_at)
      select source, id, recorded_at
      from unnest(?::text[], ?::text[], ?::timestamptz[]) as event (source, id, recorded_at)
      order by source collate "C", id collate "C"
      on conflict (source, id) do nothing
      returning source, id\
      """;
  private static final String UPSERT =
      """
      insert into catalog.object as held (%1$s)
      select %1$s from unnest(%2$s) as event (%1$s) order by bucket collate "C", key collate "C"
      on conflict (bucket, key) do update set %3$s, live_etag = null, live_size = null,
        disputed_at = null, updated_at = now()
      where excluded.sequence > held.sequence
      returning event_source, event_id\
      """
          .formatted(
              join(Column::name),
              join(column -> "?::" + column.type() + "[]"),
              join(column -> column.name() + " = excluded." + column.name()));

  private PlainCatalog() {}

  private record Column(String name, String type, Function<Event, @Nullable Object> value) {}

  private record Event(ConsumerRecord<String, byte[]> record, JsonNode data) {
    String header(String name) {
      return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    JsonNode image() {
      return data.path("image");
    }

    String object() {
      return record.key();
    }

    String identity() {
      return header("ce_source") + "\n" + header("ce_id");
    }
  }

  /** Runs until it is ended. */
  public static void main(String... args) throws SQLException, IOException {
    try (KafkaConsumer<String, byte[]> consumer =
            new KafkaConsumer<>(
                configuration(args[0], args[2]),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        Connection connection = DriverManager.getConnection(args[3])) {
      connection.setAutoCommit(false);
      consumer.subscribe(List.of(args[1]));
      System.out.println("Reading");
      while (true) {
        ConsumerRecords<String, byte[]> records = consumer.poll(Duration.ofMillis(200));
        if (!records.isEmpty()) {
          write(connection, records);
          consumer.commitAsync();
        }
      }
    }
  }

  private static Properties configuration(String bootstrapServers, String group) {
    Properties configuration = new Properties();
    configuration.put("bootstrap.servers", bootstrapServers);
    configuration.put("group.id", group);
    configuration.put("auto.offset.reset", "earliest");
    configuration.put("enable.auto.commit", false);
    configuration.put("max.poll.records", BATCH);
    return configuration;
  }

  private static void write(Connection connection, ConsumerRecords<String, byte[]> records)
      throws SQLException, IOException {
    Map<String, Event> delivered = new LinkedHashMap<>();
    for (ConsumerRecord<String, byte[]> record : records) {
      Event event = new Event(record, MAPPER.readTree(record.value()));
      delivered.putIfAbsent(event.identity(), event);
    }
    Set<String> fresh = enterInbox(connection, delivered.values());
    Map<String, Event> newest = new LinkedHashMap<>();
    delivered.forEach((identity, event) -> {
      if (fresh.contains(identity)) {
        newest.merge(event.object(), event, PlainCatalog::newer);
      }
    });
    if (!newest.isEmpty()) {
      List<Event> rows = List.copyOf(newest.values());
      List<Object[]> arrays = new ArrayList<>();
      COLUMNS.forEach(column -> arrays.add(rows.stream().map(column.value()).toArray()));
      execute(connection, UPSERT, COLUMNS.stream().map(Column::type).toList(), arrays);
    }
    connection.commit();
  }

  private static Set<String> enterInbox(Connection connection, Collection<Event> events)
      throws SQLException {
    return execute(
        connection,
        INBOX,
        List.of("text", "text", "timestamptz"),
        List.of(
            events.stream().map(event -> event.header("ce_source")).toArray(),
            events.stream().map(event -> event.header("ce_id")).toArray(),
            events.stream().map(event -> event.header("ce_recordedtime")).toArray()));
  }

  private static Event newer(Event one, Event other) {
    return Long.parseLong(one.header("ce_sequence")) >= Long.parseLong(other.header("ce_sequence"))
        ? one
        : other;
  }

  private static Set<String> execute(
      Connection connection, String sql, List<String> types, List<Object[]> arrays)
      throws SQLException {
    Set<String> identities = new HashSet<>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < types.size(); i++) {
        statement.setArray(i + 1, connection.createArrayOf(types.get(i), arrays.get(i)));
      }
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          identities.add(result.getString(1) + "\n" + result.getString(2));
        }
      }
    }
    return identities;
  }

  private static Column text(String name) {
    return text(name, name);
  }

  private static Column text(String name, String member) {
    return new Column(name, "text", event -> string(event.data().path(member)));
  }

  private static Column image(String name, String member) {
    return new Column(
        name,
        "integer",
        event -> {
          JsonNode value = event.image().path(member);
          return value.isNumber() ? value.intValue() : null;
        });
  }

  private static @Nullable String string(JsonNode node) {
    return node.textValue();
  }

  private static String join(Function<Column, String> part) {
    return COLUMNS.stream().map(part).collect(joining(", "));
  }
}
