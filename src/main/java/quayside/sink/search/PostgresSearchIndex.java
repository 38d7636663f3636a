package quayside.sink.search;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import quayside.sink.DependencyUnavailableException;
import quayside.sink.search.Change.Target;

/**
 * The embedded engine: two tables of a PostgreSQL database (migrations {@code V2.x}), no other
 * moving part. A batch is one transaction with at most one statement per table. A change can be
 * found as soon as {@link #bulk} returned. Thread-safe.
 */
final class PostgresSearchIndex implements SearchIndex {
  // SQLSTATE classes: data exception, integrity violation, program limit exceeded. The row is at
  // fault.
  private static final Set<String> FAULT_OF_THE_DATA = Set.of("22", "23", "54");
  private static final String QUERY_CANCELED = "57014";

  // Custom plans: how a prefix or a rare word is best found depends on its value.
  private static final String LIMIT_SEARCH =
      "select set_config('statement_timeout', ?, true), set_config('plan_cache_mode', 'force_custom_plan', true)";

  private final DataSource dataSource;
  private final Duration searchTimeout;

  PostgresSearchIndex(DataSource dataSource, Duration searchTimeout) {
    this.dataSource = dataSource;
    this.searchTimeout = searchTimeout;
  }

  @Override
  public List<Outcome> bulk(List<Change> changes) throws DependencyUnavailableException {
    Outcome[] outcomes = new Outcome[changes.size()];
    Arrays.fill(outcomes, Outcome.STALE);
    Map<Target, Integer> newest = new LinkedHashMap<>();
    for (int i = 0; i < outcomes.length; i++) {
      Optional<Outcome.Failed> failed = Unindexable.reason(changes.get(i));
      if (failed.isPresent()) {
        outcomes[i] = failed.get();
      } else {
        newest.merge(changes.get(i).target(), i, (a, b) -> newer(changes, a, b));
      }
    }
    try {
      Set<Target> applied = write(newest.values().stream().map(changes::get).toList());
      newest.forEach((target, i) -> {
        if (applied.contains(target)) {
          outcomes[i] = Outcome.APPLIED;
        }
      });
      return List.of(outcomes);
    } catch (SQLException e) {
      return isFaultOfTheData(e) ? oneByOne(changes, e) : unavailable(e);
    }
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
      return unavailable(e);
    }
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

  private static Integer newer(List<Change> changes, Integer a, Integer b) {
    return changes.get(b).version() > changes.get(a).version() ? b : a;
  }

  private Set<Target> write(Collection<Change> changes) throws SQLException {
    List<Change.Thumbnails> thumbnails =
        changes.stream()
            .filter(Change.Thumbnails.class::isInstance)
            .map(Change.Thumbnails.class::cast)
            .toList();
    List<Change> documents =
        changes.stream().filter(change -> !(change instanceof Change.Thumbnails)).toList();
    Set<Target> applied = new HashSet<>();
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      try {
        PostgresDocuments.write(connection, documents, applied);
        PostgresThumbnails.write(connection, thumbnails, applied);
        connection.commit();
      } catch (SQLException e) {
        rollback(connection, e);
        throw e;
      }
    }
    return applied;
  }

  // PostgreSQL does not say which row it was.
  private List<Outcome> oneByOne(List<Change> changes, SQLException cause)
      throws DependencyUnavailableException {
    if (changes.size() == 1) {
      // The server's own message may quote the row.
      String message = "the search index refuses it with SQLSTATE " + cause.getSQLState();
      return List.of(new Outcome.Failed("refused-by-index", message));
    }
    Outcome[] outcomes = new Outcome[changes.size()];
    for (int i = 0; i < outcomes.length; i++) {
      outcomes[i] = bulk(List.of(changes.get(i))).getFirst();
    }
    return List.of(outcomes);
  }

  private static void rollback(Connection connection, SQLException cause) {
    try {
      connection.rollback();
    } catch (SQLException alsoFailed) {
      cause.addSuppressed(alsoFailed);
    }
  }

  private static boolean isFaultOfTheData(SQLException e) {
    @Nullable String state = e.getSQLState();
    return state != null && FAULT_OF_THE_DATA.contains(state.substring(0, 2));
  }

  private static <T> T unavailable(SQLException cause) throws DependencyUnavailableException {
    throw new DependencyUnavailableException(
        "search index: PostgreSQL: " + cause.getMessage(), cause);
  }
}
