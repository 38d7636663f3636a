package quayside.sink.search;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import quayside.sink.DependencyUnavailableException;
import quayside.sink.search.Change.Target;

/**
 * Writes changes into the two tables of one schema: a batch is one transaction with at most one
 * statement per table. Thread-safe.
 */
final class PostgresWriter {
  // SQLSTATE classes: data exception, integrity violation, program limit exceeded. The row is at
  // fault.
  private static final Set<String> FAULT_OF_THE_DATA = Set.of("22", "23", "54");

  private final DataSource dataSource;
  private final PostgresDocuments documents;
  private final PostgresThumbnails thumbnails;

  PostgresWriter(DataSource dataSource, String schema) {
    this.dataSource = dataSource;
    this.documents = new PostgresDocuments(schema);
    this.thumbnails = new PostgresThumbnails(schema);
  }

  /** Applies changes, as {@link SearchIndex#bulk} says. */
  List<Outcome> write(List<Change> changes) throws DependencyUnavailableException {
    ChangeBatch batch = new ChangeBatch(changes);
    write(batch.toWrite(), batch);
    return batch.outcomes();
  }

  /** The exception for a database that does not answer as it should. */
  static DependencyUnavailableException unavailable(SQLException cause) {
    return new DependencyUnavailableException(
        "search index: PostgreSQL: " + cause.getMessage(), cause);
  }

  private void write(List<Change> part, ChangeBatch batch) throws DependencyUnavailableException {
    try {
      writeTogether(part).forEach(target -> batch.outcome(target, Outcome.APPLIED));
    } catch (SQLException e) {
      if (!isFaultOfTheData(e)) {
        throw unavailable(e);
      }
      if (part.size() == 1) {
        // The server's own message may quote the row.
        String message = "the search index refuses it with SQLSTATE " + e.getSQLState();
        batch.outcome(part.getFirst().target(), new Outcome.Failed("refused-by-index", message));
      } else {
        // PostgreSQL does not say which row it was; halving finds it in few transactions.
        int middle = part.size() / 2;
        write(part.subList(0, middle), batch);
        write(part.subList(middle, part.size()), batch);
      }
    }
  }

  private Set<Target> writeTogether(Collection<Change> changes) throws SQLException {
    List<Change.Thumbnails> ofThumbnails =
        changes.stream()
            .filter(Change.Thumbnails.class::isInstance)
            .map(Change.Thumbnails.class::cast)
            .toList();
    List<Change> ofDocuments =
        changes.stream().filter(change -> !(change instanceof Change.Thumbnails)).toList();
    Set<Target> applied = new HashSet<>();
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      try {
        documents.write(connection, ofDocuments, applied);
        thumbnails.write(connection, ofThumbnails, applied);
        connection.commit();
      } catch (SQLException e) {
        rollback(connection, e);
        throw e;
      }
    }
    return applied;
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
}
