package quayside.sink.search;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;
import quayside.LaptopStackResource;

/** A database of its own on the test stack's PostgreSQL, migrated, without Quarkus. */
final class SearchDatabase {
  private SearchDatabase() {}

  static PGSimpleDataSource create() throws SQLException {
    PGSimpleDataSource server = connectTo(null);
    String name = "search_" + UUID.randomUUID().toString().replace('-', '_');
    try (Connection connection = server.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + name);
    }
    PGSimpleDataSource database = connectTo(name);
    Flyway.configure().dataSource(database).locations("classpath:db/migration").load().migrate();
    return database;
  }

  private static PGSimpleDataSource connectTo(String database) {
    Properties stack = LaptopStackResource.running();
    PGSimpleDataSource dataSource = new PGSimpleDataSource();
    dataSource.setUrl(stack.getProperty("postgres.url"));
    dataSource.setUser(stack.getProperty("postgres.username"));
    dataSource.setPassword(stack.getProperty("postgres.password"));
    if (database != null) {
      dataSource.setDatabaseName(database);
    }
    return dataSource;
  }
}
