package quayside.sink.catalog;

import jakarta.persistence.PersistenceException;
import jakarta.transaction.RollbackException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import quayside.sink.DependencyUnavailableException;
import quayside.sink.PermanentFailureException;

/**
 * Tells the event's fault from the database's. Only what PostgreSQL says about the data itself is
 * permanent; everything else it may say (no connection, shutting down, disk full, too many clients,
 * deadlock, read-only after a failover, missing rights or tables) will be different later, and no
 * event is lost to it.
 *
 * @see <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">PostgreSQL error
 *     codes</a>
 */
final class DatabaseFailure {
  private DatabaseFailure() {}

  /**
   * Throws what the failure means for a batch.
   *
   * @throws PermanentFailureException when the data can never be stored
   * @throws DependencyUnavailableException when the database is away or in trouble
   * @throws RuntimeException the failure itself, when it did not come from the database
   */
  static void rethrow(RuntimeException failure)
      throws PermanentFailureException, DependencyUnavailableException {
    SQLException cause = sqlCause(failure);
    String code = cause == null ? null : permanentCode(cause.getSQLState());
    if (cause != null && code != null) {
      throw new PermanentFailureException(code, message(failure), failure);
    }
    if (isOfDatabase(failure)) {
      throw new DependencyUnavailableException(message(failure), failure);
    }
    throw failure;
  }

  /**
   * What the failure means for a read: the database did not answer.
   *
   * @throws RuntimeException the failure itself, when it did not come from the database
   */
  static DependencyUnavailableException unavailable(RuntimeException failure) {
    if (isOfDatabase(failure)) {
      return new DependencyUnavailableException(message(failure), failure);
    }
    throw failure;
  }

  /**
   * What the database said, for a log: one line, since those after the first may quote the data.
   */
  static String message(RuntimeException failure) {
    SQLException cause = sqlCause(failure);
    Throwable said = cause == null ? failure : cause;
    return "PostgreSQL: "
        + String.valueOf(said.getMessage())
            .lines()
            .findFirst()
            .orElse(said.getClass().getSimpleName());
  }

  /** True when the database is the reason, whatever it said. */
  static boolean isOfDatabase(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException
          || cause instanceof PersistenceException
          || cause instanceof RollbackException) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable String permanentCode(@Nullable String sqlState) {
    if (sqlState == null || sqlState.length() != 5) {
      return null;
    }
    return switch (sqlState.substring(0, 2)) {
      case "22" -> "catalog-data-refused";
      case "23" -> "catalog-constraint-violated";
      case "54" -> "catalog-row-too-large";
      default -> null;
    };
  }

  private static @Nullable SQLException sqlCause(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        return sql;
      }
    }
    return null;
  }
}
