package quayside.sink.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import jakarta.persistence.PersistenceException;
import jakarta.transaction.RollbackException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import quayside.sink.DependencyUnavailableException;
import quayside.sink.PermanentFailureException;

class DatabaseFailureTest {

  @ParameterizedTest
  @CsvSource({
    "22021, catalog-data-refused", // character not in repertoire
    "22P05, catalog-data-refused", // untranslatable character
    "22003, catalog-data-refused", // number out of range
    "23502, catalog-constraint-violated", // not null
    "23514, catalog-constraint-violated", // check
    "54000, catalog-row-too-large" // index row size exceeds maximum
  })
  void whatPostgresSaysAboutTheData_isPermanent(String sqlState, String failure) {
    PermanentFailureException permanent =
        catchThrowableOfType(
            PermanentFailureException.class, () -> DatabaseFailure.rethrow(failure(sqlState)));

    assertThat(permanent.failure()).isEqualTo(failure);
  }

  /** Nothing may go to the dead letters because of an outage. */
  @ParameterizedTest
  @NullSource // the pool: no connection in time
  @ValueSource(
      strings = {
        "08001", // cannot connect
        "08006", // connection lost
        "08P01", // protocol violation
        "25006", // read-only: a fail-over left us at a replica
        "28P01", // password changed
        "3D000", // no such database
        "40001", // serialization failure
        "40P01", // deadlock
        "42501", // missing right
        "42P01", // missing table
        "53100", // disk full
        "53200", // out of memory
        "53300", // too many connections
        "55P03", // lock not available
        "57014", // statement timeout
        "57P01", // shutting down
        "57P03", // starting up
        "58030", // I/O error
        "XX000", // internal error
        ""
      })
  void everythingElse_isTheDatabasesTrouble(String sqlState) {
    assertThatThrownBy(() -> DatabaseFailure.rethrow(failure(sqlState)))
        .isInstanceOf(DependencyUnavailableException.class)
        .hasMessage("PostgreSQL: first line");
  }

  @Test
  void transactionThatDidNotCommit_isTheDatabasesTrouble() {
    assertThatThrownBy(() ->
            DatabaseFailure.rethrow(new IllegalStateException(new RollbackException("timeout"))))
        .isInstanceOf(DependencyUnavailableException.class);
    assertThatThrownBy(
            () -> DatabaseFailure.rethrow(new PersistenceException("no message from the driver")))
        .isInstanceOf(DependencyUnavailableException.class);
  }

  /** A programming error must not be waited out for ever. */
  @Test
  void failureThatDidNotComeFromTheDatabase_isThrownAsItIs() {
    NullPointerException bug = new NullPointerException("bug");

    assertThatThrownBy(() -> DatabaseFailure.rethrow(bug)).isSameAs(bug);
  }

  private static PersistenceException failure(String sqlState) {
    return new PersistenceException(
        new SQLException("first line\n  Detail: key=(secret)", sqlState));
  }
}
