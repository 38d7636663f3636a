package quayside.sink.timeline;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import quayside.LaptopStackResource;

/** The table of the timeline, and the API over it, on a real database. */
@QuarkusTest
@WithTestResource(value = LaptopStackResource.class, scope = TestResourceScope.GLOBAL)
class TimelineStoreTest {
  private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

  @Inject TimelineStore store;
  @Inject TimelineCleanup cleanup;
  @Inject DataSource dataSource;

  private final String bucket = "t-" + UUID.randomUUID();

  @Test
  void replay_changesNothing() throws Exception {
    List<TimelineEntry.OfObject> entries =
        IntStream.range(0, 10)
            .mapToObj(i -> entry("k", NOON.plusSeconds(i), i, "applied"))
            .toList();

    store.write(entries);
    store.write(entries);
    store.write(entries.reversed());

    assertThat(store.page(bucket, "k", TimelineCursor.START, 100))
        .containsExactlyElementsOf(entries.stream().map(TimelineEntry.OfObject::entry).toList());
  }

  @Test
  void pages_haveEachEntryOnceNewestLast() throws Exception {
    // Several of the same instant: place in the record decides.
    List<TimelineEntry.OfObject> entries = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      entries.add(entry("a/b c", NOON.plusSeconds(i / 3), i, "n" + i));
    }
    store.write(entries.reversed());
    String path = "/api/objects/" + bucket + "/a/b%20c/timeline";

    String cursor =
        given()
            .urlEncodingEnabled(false)
            .get(path + "?limit=4")
            .then()
            .statusCode(200)
            .body("entries.outcome", contains("n0", "n1", "n2", "n3"))
            .body("entries[0].kind", equalTo("effect"))
            .body("entries[0].place.offset", equalTo(0))
            .extract()
            .path("nextCursor");
    given()
        .urlEncodingEnabled(false)
        .get(path + "?limit=4&cursor=" + cursor)
        .then()
        .body("entries.outcome", contains("n4", "n5", "n6"))
        .body("nextCursor", nullValue());
  }

  @Test
  void badRequests_areProblems() {
    String path = "/api/objects/" + bucket + "/k/timeline";
    given().get(path).then().statusCode(200).body("entries", empty());
    for (String limit : List.of("0", "501", "x")) {
      problem(path + "?limit=" + limit, "bad-limit");
    }
    problem(path + "?cursor=x", "bad-cursor");
    problem("/api/objects/" + bucket + "/%FF/timeline", "bad-path");
    problem("/api/objects/" + bucket + "/%00/timeline", "bad-path");
  }

  /** Whatever senders write, the others of the batch are kept, and nothing is refused. */
  @Test
  void hostileText_isStoredReadableOrLeftOut() throws Exception {
    TimelineEntry hostile =
        new TimelineEntry(
            NOON,
            TimelineKind.RETRY,
            "a\0b",
            "s\uD800",
            "id\0",
            null,
            null,
            Map.of("reason", "x\0y\uDFFF"),
            new TimelineEntry.Place("t", 0, 0, 0));

    store.write(
        List.of(
            new TimelineEntry.OfObject(bucket, "k", hostile),
            new TimelineEntry.OfObject(bucket, "k\0", hostile),
            new TimelineEntry.OfObject(bucket, "", hostile),
            new TimelineEntry.OfObject(bucket, "x".repeat(1024), hostile),
            new TimelineEntry.OfObject("b".repeat(64), "k", hostile)));

    TimelineEntry stored = store.page(bucket, "k", TimelineCursor.START, 10).getFirst();
    assertThat(stored.outcome()).isEqualTo("a?b");
    assertThat(stored.sink()).isEqualTo("s?");
    assertThat(stored.details()).containsEntry("reason", "x?y?");
  }

  @Test
  void whatIsOlderThanTheRetention_isDeleted() throws Exception {
    store.write(
        List.of(
            entry("k", Instant.now().minus(Duration.ofDays(31)), 0, "old"),
            entry("k", Instant.now().minus(Duration.ofDays(29)), 1, "young")));

    cleanup.cleanUp();

    assertThat(store.page(bucket, "k", TimelineCursor.START, 10))
        .extracting(TimelineEntry::outcome)
        .containsExactly("young");
  }

  /** One range of one index, in its order, however many rows there are. */
  @Test
  void page_isReadFromThePrimaryKey() throws Exception {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          insert into timeline.entry (bucket, object_key, at, topic, kafka_partition, kafka_offset, item, kind, details)
          select 'plan-' || n % 4, 'dir/' || n / 4 % 5, timestamptz '2026-01-01Z' + n * interval '1 second', 't', 0, n,
                 0, 'event', '{}'
          from generate_series(1, 20000) as n order by md5(n::text)
          on conflict do nothing\
          """);
      statement.execute("analyze timeline.entry");
    }

    String plan = plan();

    assertThat(plan)
        .contains(" using entry_pk ")
        .contains("(object_key = ")
        .contains("ROW(at")
        .doesNotContain("Seq Scan")
        .doesNotContain("Sort");
  }

  private String plan() throws Exception {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement explain = connection.prepareStatement("explain " + TimelineStore.PAGE)) {
      explain.setString(1, "plan-1");
      explain.setString(2, "dir/1");
      explain.setString(3, "2026-01-01T01:00:00Z");
      explain.setString(4, "t");
      explain.setInt(5, 0);
      explain.setLong(6, 10);
      explain.setInt(7, 0);
      explain.setInt(8, 101);
      StringBuilder plan = new StringBuilder();
      try (ResultSet lines = explain.executeQuery()) {
        while (lines.next()) {
          plan.append(lines.getString(1)).append('\n');
        }
      }
      return plan.toString();
    }
  }

  @Test
  void everyTableAndColumn_isCommented() throws Exception {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery(
                """
                select string_agg(c.relname || '.' || coalesce(a.attname, ''), ', ')
                from pg_class c
                join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
                where c.relnamespace = 'timeline'::regnamespace and c.relkind = 'r'
                  and (col_description(c.oid, a.attnum) is null or obj_description(c.oid, 'pg_class') is null)\
                """)) {
      result.next();
      assertThat(result.getString(1)).isNull();
    }
  }

  private static void problem(String target, String reason) {
    given()
        .urlEncodingEnabled(false)
        .get(target)
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("reason", equalTo(reason));
  }

  private TimelineEntry.OfObject entry(String key, Instant at, int item, String outcome) {
    return new TimelineEntry.OfObject(
        bucket,
        key,
        new TimelineEntry(
            at,
            TimelineKind.EFFECT,
            outcome,
            "catalog",
            "id-1",
            "io.quayside.object.uploaded.v1",
            "0af7651916cd43dd8448eb211c80319c",
            Map.of("a", "b"),
            new TimelineEntry.Place("quayside.effects.v1", 0, item, 0)));
  }
}
