package quayside.sink.search;

import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;

/** The embedded engine finds what the contract says, on a real PostgreSQL. */
class PostgresSearchQueryTest extends SearchQueryContract {
  private static DataSource database;

  @BeforeAll
  static void createDatabase() throws SQLException {
    database = SearchDatabase.create();
  }

  @Override
  SearchIndex index() {
    return new PostgresSearchIndex(database, Duration.ofSeconds(10));
  }
}
