package quayside.chaos;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.flywaydb.core.Flyway;

/** A database of a scenario's own, which a later release migrates further. */
final class NewerSchema {
  private static final String APPLICATION = "filesystem:src/main/resources-all/db/migration";
  private static final String LATER = "filesystem:src/test/resources/upgrade";

  private final String url;

  private NewerSchema(String url) {
    this.url = url;
  }

  /** An empty database beside the stack's. */
  static NewerSchema create(Stack stack) throws SQLException {
    String name = "upgrade_" + UUID.randomUUID().toString().replace("-", "");
    try (Connection connection = stack.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + name);
    }
    return new NewerSchema(
        stack.postgresUrl(stack.postgresPort).replaceFirst("/quayside$", "/" + name));
  }

  String url() {
    return url;
  }

  /** As the first instance of a later release does when it starts. */
  void migrate() {
    Flyway.configure()
        .dataSource(url, "quayside", "quayside")
        .locations(APPLICATION, LATER)
        .load()
        .migrate();
  }

  /** How many objects the catalog has whose row has what the later release added. */
  int objects() throws SQLException {
    try (Connection connection = Stack.connect(url);
        Statement statement = connection.createStatement();
        ResultSet count =
            statement.executeQuery(
                "select count(*) from catalog.object where later_required = 'later'")) {
      count.next();
      return count.getInt(1);
    }
  }
}
