package quayside.sink.search;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import quayside.sink.DependencyUnavailableException;

/**
 * The embedded engine: two tables of a PostgreSQL database (migrations {@code V2.x}), no other
 * moving part. A batch is one transaction with at most one statement per table. A change can be
 * found as soon as {@link #bulk} returned. Thread-safe.
 */
final class PostgresSearchIndex implements SearchIndex {
  private static final String QUERY_CANCELED = "57014";

  // Custom plans: how a prefix or a rare word is best found depends on its value.
  private static final String LIMIT_SEARCH =
      "select set_config('statement_timeout', ?, true), set_config('plan_cache_mode', 'force_custom_plan', true)";

  private static final String SCHEMA = "search";

  private final DataSource dataSource;
  private final Duration searchTimeout;
  private final PostgresWriter writer;

  PostgresSearchIndex(DataSource dataSource, Duration searchTimeout) {
    this.dataSource = dataSource;
    this.searchTimeout = searchTimeout;
    this.writer = new PostgresWriter(dataSource, SCHEMA);
  }

  @Override
  public List<Outcome> bulk(List<Change> changes) throws DependencyUnavailableException {
    return writer.write(changes);
  }

  @Override
  public SearchPage search(SearchQuery query)
      throws SearchTimeoutException, DependencyUnavailableException {
    PostgresSelect select = new PostgresSelect(query);
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      try (PreparedStatement limits = connection.prepareStatement(LIMIT_SEARCH)) {
        limits.setString(1, searchTimeout.toMillis() + "ms");
        limits.execute();
        return select.on(connection);
      } finally {
        connection.rollback();
      }
    } catch (SQLException e) {
      if (QUERY_CANCELED.equals(e.getSQLState())) {
        throw new SearchTimeoutException(searchTimeout, e);
      }
      throw PostgresWriter.unavailable(e);
    }
  }

  @Override
  public Optional<SearchRebuild> rebuild(boolean restart) throws DependencyUnavailableException {
    return PostgresRebuild.begin(dataSource, restart);
  }

  @Override
  public boolean ready() {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      return statement.execute("select from search.documents, search.thumbnails limit 0");
    } catch (SQLException e) {
      return false;
    }
  }
}
