package quayside.chaos;

import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** Holds the locks of all states, so that whoever tells them stands in the middle of a batch. */
final class StateLock implements AutoCloseable {
  private static final String HOLD =
      "select count(pg_advisory_xact_lock(hashtext('catalog.state'), n)) from generate_series(0, 239) as n";
  private static final String WAITING =
      "select count(*) from pg_locks where not granted and locktype = 'advisory'";

  private final Stack stack;
  private final Connection connection;

  StateLock(Stack stack) throws SQLException {
    this.stack = stack;
    connection = stack.connect();
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute(HOLD);
    }
  }

  /** Returns when a batch waits for its locks. */
  void awaitBatch() {
    await("states").atMost(Duration.ofSeconds(60)).until(this::isWaitedFor);
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  private boolean isWaitedFor() throws SQLException {
    try (Connection other = stack.connect();
        Statement statement = other.createStatement();
        ResultSet result = statement.executeQuery(WAITING)) {
      return result.next() && result.getInt(1) > 0;
    }
  }
}
