package quayside.sink.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import quayside.LaptopStackResource;
import quayside.event.CloudEvent;
import quayside.event.ObjectUploaded;
import quayside.role.Roles;

/** What the catalog remembers of objects, and for how long, in a real PostgreSQL. */
@QuarkusTest
@WithTestResource(value = LaptopStackResource.class, scope = TestResourceScope.GLOBAL)
class CatalogHistoryTest {
  // Long before anything else in this database: what a cleanup at this time deletes belongs to
  // these tests.
  private static final Instant LONG_AGO = Instant.parse("2020-07-01T12:00:00Z");
  private static final Instant LONGER_AGO = LONG_AGO.minus(Duration.ofDays(100));

  @Inject ObjectSink objects;
  @Inject TombstoneSink tombstones;
  @Inject ThumbnailSink thumbnails;
  @Inject CatalogConfig config;
  @Inject AgedRows rows;
  @Inject VersionPartitions partitions;

  private final MeterRegistry metrics = new SimpleMeterRegistry();
  private final String bucket = Upload.newBucket();
  private final Upload upload = Upload.of(bucket, "a.jpg");

  /** The application cleans up when it starts, partitions last; it is not to disturb. */
  @BeforeEach
  void awaitFirstCleanup() {
    LocalDate last = VersionPartitions.week(Instant.now()).plusWeeks(4);
    await().atMost(Duration.ofSeconds(30)).until(() -> partitions.weeks().contains(last));
  }

  @AfterEach
  void dropWeeksOfLongAgo() {
    LocalDate first = VersionPartitions.week(LONG_AGO).plusWeeks(52);
    partitions.weeks().stream().filter(week -> week.isBefore(first)).forEach(partitions::drop);
  }

  @Test
  void everyVersion_isKeptNewestOrNot() throws Exception {
    Upload second = upload.withSequence(20_000_000).withEtag("ETAG-2");
    Upload late = upload.withSequence(7).withEtag("ETAG-0");

    objects.apply(List.of(upload.event()));
    objects.apply(List.of(second.event()));
    objects.apply(List.of(late.event()));
    thumbnails.apply(List.of(second.thumbnails()));
    tombstones.apply(List.of(Verdict.gone(bucket, "a.jpg", Instant.ofEpochSecond(40))));

    assertThat(history())
        .containsExactly(
            tuple(40_000_000L, "deleted", null, null, "confirmed"),
            tuple(20_000_000L, "uploaded", "ETAG-2", 4711L, "signature"),
            tuple(7L, "uploaded", "ETAG-0", 4711L, "signature"),
            tuple(1L, "uploaded", "ETAG-1", 4711L, "signature"));
  }

  /** The row of the object takes one of them only; the history takes all. */
  @Test
  void versionsOfOneObjectInOneBatch_areAllKept() throws Exception {
    List<CloudEvent<ObjectUploaded>> batch = new ArrayList<>();
    for (int i = 1; i <= 50; i++) {
      batch.add(upload.withSequence(i).withEtag("ETAG-" + i).event());
    }

    objects.apply(batch);

    assertThat(history()).hasSize(50);
  }

  @Test
  void replay_addsNothingEvenWhenTheInboxHasForgotten() throws Exception {
    List<CloudEvent<ObjectUploaded>> batch =
        List.of(upload.event(), upload.withSequence(2).withEtag("ETAG-2").event());
    objects.apply(batch);
    List<Tuple> before = history();

    objects.apply(batch);
    execute("delete from catalog.inbox where source like ?", "%:" + bucket);
    objects.apply(batch);

    assertThat(before).hasSize(2);
    assertThat(history()).isEqualTo(before);
  }

  /** No event fails because its time is unusual: that would be a dead letter. */
  @Test
  void versionOutsideOfAllWeeks_isKeptUntilItsWeekIsMade() throws Exception {
    Instant beyond = Instant.parse("2020-02-12T10:00:00Z");
    LocalDate monday = LocalDate.parse("2020-02-10");
    objects.apply(List.of(upload.withTime(beyond).event()));
    assertThat(partitionsUsed()).containsExactly("object_version_other");

    assertThat(partitions.make(monday)).isTrue();
    assertThat(partitionsUsed()).containsExactly("object_version_20200210");
    assertThat(partitions.make(monday)).isFalse();

    // From then on its week takes what is new of it.
    objects.apply(List.of(upload.withSequence(2).withTime(beyond.plusSeconds(1)).event()));
    assertThat(history()).hasSize(2);
    assertThat(partitionsUsed()).containsExactly("object_version_20200210");

    partitions.drop(monday);
    assertThat(history()).isEmpty();
    assertThat(partitions.weeks()).doesNotContain(monday);
  }

  @Test
  void cleanup_makesWeeksAheadAndDropsThoseThatAreTooOld() throws Exception {
    partitions.make(LocalDate.parse("2020-03-23"));
    partitions.make(LocalDate.parse("2020-03-30"));
    objects.apply(
        List.of(
            upload.withTime(Instant.parse("2020-03-29T23:59:59.9Z")).event(),
            upload.withSequence(2).withTime(Instant.parse("2020-03-30T00:00:00Z")).event()));

    // 90 days before are Thursday 2 April, of the week from 30 March.
    cleanup(LONG_AGO).cleanUp();

    assertThat(weeksOfLongAgo())
        .startsWith(LocalDate.parse("2020-03-30"))
        .endsWith(LocalDate.parse("2020-07-27"))
        .hasSize(18);
    assertThat(history()).extracting(row -> row.toList().getFirst()).containsExactly(2L);
    assertThat(metrics.counter("quayside.catalog.partitions.dropped").count()).isOne();

    // What comes too late for its week is forgotten next time.
    objects.apply(List.of(upload.withSequence(3).withTime(LONGER_AGO).event()));
    assertThat(history()).hasSize(2);
    cleanup(LONG_AGO).cleanUp();
    assertThat(history()).hasSize(1);
    assertThat(expired("object_version_other")).isPositive();
  }

  @Test
  void inbox_isForgottenAfterItsRetentionAndTheFenceStillHolds() throws Exception {
    Instant old = LONG_AGO.minus(Duration.ofDays(31));
    Upload newer = upload.withSequence(2).withEtag("ETAG-2").withTime(LONG_AGO);
    objects.apply(List.of(upload.withTime(old).event(), newer.event()));
    assertThat(count("catalog.inbox where source like ?", "%:" + bucket)).isEqualTo(2);

    cleanup(LONG_AGO).cleanUp();

    assertThat(count("catalog.inbox where source like ?", "%:" + bucket)).isOne();
    assertThat(expired("inbox")).isPositive();
    objects.apply(List.of(upload.withTime(old).event()));
    assertThat(count("catalog.object where bucket = ? and etag = 'ETAG-2'", bucket)).isOne();
  }

  @Test
  void contradictionsAndRuns_areForgottenWhenTheyAreOver() throws Exception {
    insertRival("settled", "won", LONGER_AGO);
    insertRival("recent", "won", LONG_AGO);
    insertRival("waiting", "open", LONGER_AGO);
    // Not due in this test's life: nobody looks at it.
    execute(
        "insert into catalog.settlement (bucket, key, reason, due_at) values (?, 'waiting', 'conflict', '2099-01-01')",
        bucket);
    insertRun("done", LONGER_AGO);
    insertRun("failed", LONGER_AGO);
    insertRun("stopped", LONG_AGO);

    cleanup(LONG_AGO).cleanUp();

    assertThat(count("catalog.rival where bucket = ? and key = 'settled'", bucket)).isZero();
    assertThat(count("catalog.rival where bucket = ?", bucket)).isEqualTo(2);
    assertThat(count("catalog.reconcile_run where bucket = ?", bucket)).isOne();
    assertThat(expired("rival")).isPositive();
    assertThat(expired("reconcile_run")).isGreaterThanOrEqualTo(2);
    execute("delete from catalog.settlement where bucket = ?", bucket);
  }

  private CatalogCleanup cleanup(Instant now) {
    return new CatalogCleanup(
        config, rows, partitions, metrics, Clock.fixed(now, ZoneOffset.UTC), Roles.all());
  }

  private double expired(String table) {
    return metrics.counter("quayside.catalog.expired", "table", table).count();
  }

  private List<LocalDate> weeksOfLongAgo() {
    LocalDate limit = VersionPartitions.week(LONG_AGO).plusWeeks(52);
    return partitions.weeks().stream().filter(week -> week.isBefore(limit)).sorted().toList();
  }

  /** Newest first, as documented. */
  private List<Tuple> history() throws SQLException {
    return query(
        "select sequence, kind, etag, size, verification_level from catalog.object_version"
            + " where bucket = ? and key = 'a.jpg' order by sequence desc");
  }

  private List<String> partitionsUsed() throws SQLException {
    return query(
            "select distinct (tableoid::regclass)::text from catalog.object_version where bucket = ?")
        .stream()
        .map(row -> String.valueOf(row.toList().getFirst()).replace("catalog.", ""))
        .toList();
  }

  private void insertRival(String key, String outcome, Instant at) throws SQLException {
    execute(
        "insert into catalog.rival (event_source, event_id, bucket, key, variables, fields, verification_level,"
            + " sequence, uploaded_at, recorded_at, state, outcome, opened_at, settled_at) values ('s', '"
            + UUID.randomUUID()
            + "', ?, '"
            + key
            + "', '{}', '{}', 'signature', 1, now(), now(), 'present', '"
            + outcome
            + "', '"
            + at
            + "', "
            + (outcome.equals("open") ? "null" : "'" + at + "'")
            + ")",
        bucket);
  }

  private void insertRun(String state, Instant at) throws SQLException {
    execute(
        "insert into catalog.reconcile_run (id, bucket, prefix, source, dry_run, rate, state, expected, finished_at)"
            + " values (gen_random_uuid(), ?, '', 'listing', true, 1, '"
            + state
            + "', 0, '"
            + at
            + "')",
        bucket);
  }

  private long count(String fromWhere, String parameter) throws SQLException {
    try (Connection connection = Database.connect();
        PreparedStatement select =
            connection.prepareStatement("select count(*) from " + fromWhere)) {
      select.setString(1, parameter);
      ResultSet result = select.executeQuery();
      result.next();
      return result.getLong(1);
    }
  }

  private static void execute(String sql, String parameter) throws SQLException {
    try (Connection connection = Database.connect();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, parameter);
      statement.executeUpdate();
    }
  }

  private List<Tuple> query(String sql) throws SQLException {
    try (Connection connection = Database.connect();
        PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, bucket);
      List<Tuple> rows = new ArrayList<>();
      try (ResultSet result = select.executeQuery()) {
        while (result.next()) {
          Object[] values = new Object[result.getMetaData().getColumnCount()];
          for (int i = 0; i < values.length; i++) {
            values[i] = result.getObject(i + 1);
          }
          rows.add(tuple(values));
        }
      }
      return rows;
    }
  }
}
