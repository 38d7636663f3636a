package quayside.sink.search;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;
import quayside.LaptopStackResource;

/**
 * A database of its own on the test stack's PostgreSQL, migrated, behind a pool, without Quarkus.
 */
final class SearchDatabase {
  private SearchDatabase() {}

  static DataSource create() throws SQLException {
    PGSimpleDataSource server = connectTo(null);
    String name = "search_" + UUID.randomUUID().toString().replace('-', '_');
    try (Connection connection = server.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + name);
    }
    DataSource database = pool(connectTo(name));
    Flyway.configure().dataSource(database).locations("classpath:db/migration").load().migrate();
    return database;
  }

  // A connection costs more than a small batch. The pool ends with the test run.
  private static DataSource pool(PGSimpleDataSource database) throws SQLException {
    return AgroalDataSource.from(
        new AgroalDataSourceConfigurationSupplier()
            .connectionPoolConfiguration(pool ->
                pool.maxSize(8)
                    .connectionFactoryConfiguration(factory ->
                        factory
                            .jdbcUrl(database.getUrl())
                            .principal(new NamePrincipal(database.getUser()))
                            .credential(new SimplePassword(database.getPassword())))));
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
