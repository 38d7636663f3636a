package quayside.sink.catalog;

import static java.time.format.DateTimeFormatter.BASIC_ISO_DATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import quayside.LaptopStackResource;

/** Every documented listing is read from an index, in its order, however many rows there are. */
@QuarkusTest
@WithTestResource(value = LaptopStackResource.class, scope = TestResourceScope.GLOBAL)
class CatalogPlanTest {
  // In no order on disk: no index is cheap by accident.
  private static final String ROWS =
      """
      insert into catalog.object (bucket, key, variables, fields, verification_level, event_source, event_id, sequence,
                                  uploaded_at, recorded_at)
      select 'plan-' || n % 40, 'dir-' || n / 40 % 3 || '/' || n, '{}', '{}', 'signature', 'plan', n::text, n,
             timestamptz '2026-01-01Z' + n * interval '1 second', now()
      from generate_series(1, 20000) as n order by md5(n::text)
      on conflict do nothing\
      """;

  // A hundred objects of a thousand versions each, until the end of this week.
  private static final String VERSIONS =
      """
      insert into catalog.object_version (bucket, key, sequence, event_id, recorded_at, event_source, kind,
                                          verification_level, occurred_at)
      select 'plan-1', 'dir/' || n %% 100, n, 'plan-' || n,
             date_trunc('week', now(), 'UTC') + interval '7 days' - n * interval '%d seconds', 'plan', 'uploaded',
             'signature', now()
      from generate_series(1, 100000) as n order by n desc\
      """;

  @Inject Session session;
  @Inject VersionPartitions partitions;

  @BeforeEach
  void insertRows() throws Exception {
    try (Connection connection = Database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(ROWS);
      statement.execute("analyze catalog.object");
    }
  }

  static Stream<Arguments> listing_isReadFromItsIndex() {
    ListCursor newest =
        new ListCursor(ObjectOrder.NEWEST, "2026-01-01T01:00:00Z", "plan-1", "dir-1/1");
    ListCursor key = new ListCursor(ObjectOrder.KEY, "2026-01-01T01:00:00Z", "plan-1", "dir-1/1");
    return Stream.of(
        Arguments.of("object_newest", "", list(null, null, ObjectOrder.NEWEST, null)),
        Arguments.of(
            "object_newest",
            "Index Cond: (ROW(uploaded_at",
            list(null, null, ObjectOrder.NEWEST, newest)),
        Arguments.of(
            "object_bucket_newest",
            "Index Cond: (bucket",
            list("plan-1", null, ObjectOrder.NEWEST, null)),
        Arguments.of(
            "object_bucket_newest",
            "(ROW(uploaded_at, key) <",
            list("plan-1", null, ObjectOrder.NEWEST, newest)),
        Arguments.of("object_pk", "", list(null, null, ObjectOrder.KEY, null)),
        Arguments.of(
            "object_pk", "Index Cond: (ROW(bucket", list(null, null, ObjectOrder.KEY, key)),
        Arguments.of(
            "object_pk", "Index Cond: (bucket", list("plan-1", null, ObjectOrder.KEY, null)),
        Arguments.of("object_pk", "(key > 'dir-1/1'", list("plan-1", null, ObjectOrder.KEY, key)),
        Arguments.of(
            "object_pk", "(key >= 'dir-1/'", list("plan-1", "dir-1/", ObjectOrder.KEY, null)),
        Arguments.of(
            "object_pk", "(key < 'dir-10'", list("plan-1", "dir-1/", ObjectOrder.KEY, key)));
  }

  @ParameterizedTest
  @MethodSource
  void listing_isReadFromItsIndex(String index, String condition, ListRequest request) {
    String plan = plan(request);

    assertThat(plan).contains(" using " + index + " ").contains(condition);
    assertThat(plan).doesNotContain("Seq Scan").doesNotContain("Sort");
  }

  /**
   * What the catalog cannot hold it cannot find slowly either: the longest names still fit the
   * widest index.
   */
  @Test
  void longestName_fitsEveryIndex() throws Exception {
    try (Connection connection = Database.connect();
        Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery(
                "select count(*) from pg_indexes where schemaname = 'catalog' and indexdef like '%key%'"
                    + " and tablename not like 'object\\_version%'")) {
      result.next();
      assertThat(result.getInt(1)).isEqualTo(6);
      connection.setAutoCommit(false);
      statement.execute(
          """
          insert into catalog.object (bucket, key, variables, fields, verification_level, event_source, event_id,
                                      sequence, uploaded_at, recorded_at)
          select repeat('b', 63), string_agg(chr(33 + (random() * 90)::int), ''), '{}', '{}', 's', 's', 'i', 1, now(),
                 now()
          from generate_series(1, 1023)\
          """);
      connection.rollback();
    }
  }

  /** As a reindex reads them: a page in the middle costs what the first one does. */
  @Test
  void allObjects_arePagedByTheirKey() {
    List<?> lines =
        session
            .createNativeQuery("explain " + ObjectRepository.AFTER, String.class)
            .setParameter("bucket", "plan-20")
            .setParameter("key", "dir-1/")
            .setParameter("limit", 500)
            .getResultList();

    assertThat(lines.stream().map(Object::toString).collect(Collectors.joining("\n")))
        .contains("Index Scan using object_pk", "Index Cond: (ROW(bucket, key) >")
        .doesNotContain("Seq Scan")
        .doesNotContain("Sort");
  }

  /** As states are published: a thousand objects cost a thousand look-ups, and no more. */
  @Test
  void rowsOfABatch_areReadByTheirKeys() throws Exception {
    String sql =
        LockedObjects.ROWS
            .replace("{o.*}, {t.*}", "o.*, t.*")
            .replace(":buckets", "array_fill('plan-1'::text, array[100])")
            .replace(
                ":keys", "(select array_agg('dir-1/' || n) from generate_series(1, 100) as n)");
    List<?> lines = session.createNativeQuery("explain " + sql, String.class).getResultList();

    assertThat(lines.stream().map(Object::toString).collect(Collectors.joining("\n")))
        .contains("Index Scan using object_pk")
        .doesNotContain("Seq Scan on object");
  }

  @Test
  void historyOfAnObject_isReadFromItsIndexInEachWeek() throws Exception {
    String plan =
        historyPlan(
            75,
            "select * from catalog.object_version where bucket = 'plan-1' and key = 'dir/41'"
                + " order by sequence desc limit 100");

    assertThat(plan)
        .contains("Merge Append")
        .contains("Index Scan Backward using object_version_" + thisWeek() + "_pkey")
        .doesNotContain("Seq Scan on object_version_" + thisWeek());
  }

  @Test
  void historyOfASpan_isReadFromItsWeekAlone() throws Exception {
    LocalDate week = VersionPartitions.week(Instant.now());
    String plan =
        historyPlan(
            15,
            "select * from catalog.object_version where recorded_at >= '%sZ' and recorded_at < '%sZ'"
                .formatted(week, week.plusDays(1)));

    assertThat(plan).contains("object_version_" + thisWeek() + "_recorded_at_idx");
    assertThat(plan).doesNotContain(week.minusWeeks(1).format(BASIC_ISO_DATE));
    assertThat(plan).doesNotContain("_other");
  }

  /** As written by the longest names and ids that the catalog takes: random, so not compressed. */
  @Test
  void longestVersion_fitsItsIndex() throws Exception {
    try (Connection connection = Database.connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      assertThat(
              statement.executeUpdate(
                  """
                  insert into catalog.object_version (bucket, key, sequence, event_id, recorded_at, event_source,
                                                      kind, verification_level, occurred_at)
                  select repeat('b', 63), string_agg(chr(33 + (random() * 90)::int), ''), 1,
                         string_agg(chr(33 + (random() * 90)::int), '') || 'x', now(), 's', 'uploaded', 's', now()
                  from generate_series(1, 1023)\
                  """))
          .isOne();
      connection.rollback();
    }
  }

  private String historyPlan(int secondsApart, String sql) throws Exception {
    awaitPartitions();
    try (Connection connection = Database.connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute(VERSIONS.formatted(secondsApart));
      statement.execute("analyze catalog.object_version");
      try (ResultSet lines = statement.executeQuery("explain " + sql)) {
        StringBuilder plan = new StringBuilder();
        while (lines.next()) {
          plan.append(lines.getString(1)).append('\n');
        }
        return plan.toString();
      } finally {
        connection.rollback();
      }
    }
  }

  private void awaitPartitions() {
    LocalDate last = VersionPartitions.week(Instant.now()).plusWeeks(4);
    await().atMost(Duration.ofSeconds(30)).until(() -> partitions.weeks().contains(last));
  }

  private static String thisWeek() {
    return VersionPartitions.week(Instant.now()).format(BASIC_ISO_DATE);
  }

  @Test
  void everyTableAndColumn_isCommented() throws Exception {
    try (Connection connection = Database.connect();
        Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery(
                """
                select string_agg(c.relname || '.' || coalesce(a.attname, ''), ', ')
                from pg_class c
                join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
                where c.relnamespace = 'catalog'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
                  and (col_description(c.oid, a.attnum) is null or obj_description(c.oid, 'pg_class') is null)\
                """)) {
      result.next();
      assertThat(result.getString(1)).isNull();
    }
  }

  private String plan(ListRequest request) {
    ListQuery query = ListQuery.of(request);
    List<?> lines =
        query
            .bind(session.createNativeQuery("explain " + query.sql(), String.class))
            .getResultList();
    return lines.stream().map(Object::toString).collect(Collectors.joining("\n"));
  }

  private static ListRequest list(
      @Nullable String bucket,
      @Nullable String prefix,
      ObjectOrder order,
      @Nullable ListCursor cursor) {
    return new ListRequest(bucket, prefix, order, ListRequest.DEFAULT_LIMIT, cursor);
  }
}
