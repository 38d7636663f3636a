package quayside.chaos;

import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** Holds a table, so that a sink that writes it stands in the middle of a batch. */
final class TableLock implements AutoCloseable {
  private static final String WAITING =
      "select count(*) from pg_locks where not granted and relation = '%s'::regclass";

  private final Stack stack;
  private final String table;
  private final Connection connection;

  TableLock(Stack stack, String table) throws SQLException {
    this.stack = stack;
    this.table = table;
    connection = stack.connect();
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute("lock table " + table + " in access exclusive mode");
    }
  }

  /** Returns when a batch waits for the table. */
  void awaitBatch() {
    await(table).atMost(Duration.ofSeconds(60)).until(this::isWaitedFor);
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  private boolean isWaitedFor() throws SQLException {
    try (Connection other = stack.connect();
        Statement statement = other.createStatement();
        ResultSet result = statement.executeQuery(WAITING.formatted(table))) {
      return result.next() && result.getInt(1) > 0;
    }
  }
}
