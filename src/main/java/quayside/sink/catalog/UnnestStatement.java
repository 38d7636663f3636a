package quayside.sink.catalog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One statement for many rows: each column travels as one array, so the statement's text, and with
 * it its plan, is the same for a batch of any size.
 *
 * @param sql takes one array per type
 * @param types SQL types of the columns
 */
record UnnestStatement(String sql, List<String> types) {

  /** Executes a statement that returns source and id of the events it had an effect for. */
  Set<EventIdentity> execute(Connection connection, List<List<@Nullable Object>> rows)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      fill(statement, rows);
      return identities(statement);
    }
  }

  /** Executes a statement that returns nothing. */
  void run(Connection connection, List<List<@Nullable Object>> rows) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      fill(statement, rows);
      statement.executeUpdate();
    }
  }

  private void fill(PreparedStatement statement, List<List<@Nullable Object>> rows)
      throws SQLException {
    for (int i = 0; i < types.size(); i++) {
      int column = i;
      Object[] values = rows.stream().map(row -> row.get(column)).toArray();
      statement.setArray(i + 1, statement.getConnection().createArrayOf(types.get(i), values));
    }
  }

  private static Set<EventIdentity> identities(PreparedStatement statement) throws SQLException {
    Set<EventIdentity> identities = new HashSet<>();
    try (ResultSet result = statement.executeQuery()) {
      while (result.next()) {
        identities.add(new EventIdentity(result.getString(1), result.getString(2)));
      }
    }
    return identities;
  }
}
