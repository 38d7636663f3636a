package quayside.sink.catalog;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import quayside.LaptopStackResource;

/** The tests' own way into the PostgreSQL server, beside the application's pool. */
public final class Database {
  private Database() {}

  /** A connection to the application's database. */
  public static Connection connect() throws SQLException {
    return connect(property("postgres.url"));
  }

  /** Lets nobody in any more and throws everybody out, as a server that fails over. */
  public static void close() throws SQLException {
    administer(
        "alter database quayside allow_connections false",
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = 'quayside'");
  }

  /** Undoes {@link #close()}. */
  public static void open() throws SQLException {
    administer("alter database quayside allow_connections true");
  }

  private static void administer(String... statements) throws SQLException {
    try (Connection connection =
            connect(property("postgres.url").replaceAll("/[^/]*$", "/postgres"));
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static Connection connect(String url) throws SQLException {
    return DriverManager.getConnection(
        url, property("postgres.username"), property("postgres.password"));
  }

  private static String property(String name) {
    Properties stack = LaptopStackResource.running();
    return stack.getProperty(name);
  }
}
