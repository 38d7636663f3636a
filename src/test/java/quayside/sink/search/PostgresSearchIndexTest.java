package quayside.sink.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import quayside.sink.DependencyUnavailableException;

/** The embedded engine keeps the contract on a real PostgreSQL, and says so when it cannot. */
class PostgresSearchIndexTest extends SearchIndexContract {
  private static DataSource database;

  @BeforeAll
  static void createDatabase() throws SQLException {
    database = SearchDatabase.create();
  }

  @Override
  SearchIndex index() {
    return new PostgresSearchIndex(database, Duration.ofSeconds(10));
  }

  @Override
  IndexedVersions indexedVersions() {
    return new PostgresIndexedVersions(database);
  }

  @Test
  void databaseAway_isUnavailable() {
    PGSimpleDataSource away = new PGSimpleDataSource();
    // Port 1 (tcpmux): nothing listens there.
    away.setUrl("jdbc:postgresql://127.0.0.1:1/quayside");
    SearchIndex index = new PostgresSearchIndex(away, Duration.ofSeconds(1));

    assertThat(index.ready()).isFalse();
    assertThatExceptionOfType(DependencyUnavailableException.class)
        .isThrownBy(() -> index.bulk(List.of(Changes.upsert(new ObjectId("b", "k"), 1))));
    assertThatExceptionOfType(DependencyUnavailableException.class)
        .isThrownBy(() -> index.search(everything()));
    assertThatExceptionOfType(DependencyUnavailableException.class)
        .isThrownBy(() -> new PostgresIndexedVersions(away).of("b", List.of("k")));
  }

  // Somebody else's migration or vacuum full.
  @Test
  void searchThatHangs_isGivenUp() throws SQLException {
    SearchIndex index = new PostgresSearchIndex(database, Duration.ofMillis(50));
    try (Connection other = database.getConnection();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("lock table search.documents in access exclusive mode");

      assertThatExceptionOfType(SearchTimeoutException.class)
          .isThrownBy(() -> index.search(everything()));
    }
  }

  // A rule of the table that we do not check ourselves: the server does not say which row it was.
  @Test
  void rowTheServerRefuses_failsAloneAndQuotesNothing() throws Exception {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "alter table search.documents add constraint no_secret check (object_key <> 'secret')");
    }
    List<Change> batch =
        List.of(
            Changes.upsert(new ObjectId("refused", "a"), 1),
            Changes.upsert(new ObjectId("refused", "secret"), 1),
            Changes.upsert(new ObjectId("refused", "b"), 1));

    assertThat(index().bulk(batch))
        .containsExactly(
            Outcome.APPLIED,
            new Outcome.Failed(
                "refused-by-index", "the search index refuses it with SQLSTATE 23514"),
            Outcome.APPLIED);
  }

  private static SearchQuery everything() {
    return new SearchQuery("", null, "", null, null, null, List.of(), 1, null);
  }
}
