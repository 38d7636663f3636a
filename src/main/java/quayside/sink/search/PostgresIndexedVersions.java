package quayside.sink.search;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import quayside.sink.DependencyUnavailableException;

/** {@link IndexedVersions} of the embedded index. Thread-safe. */
final class PostgresIndexedVersions implements IndexedVersions {
  private static final String SELECT =
      "select object_key, version, deleted from search.documents where bucket = ? and object_key = any(?)";

  private final DataSource dataSource;

  PostgresIndexedVersions(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  @Override
  public Map<String, Version> of(String bucket, Collection<String> keys)
      throws DependencyUnavailableException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement select = connection.prepareStatement(SELECT)) {
      select.setString(1, bucket);
      select.setArray(2, connection.createArrayOf("text", keys.toArray()));
      Map<String, Version> versions = HashMap.newHashMap(keys.size());
      try (ResultSet result = select.executeQuery()) {
        while (result.next()) {
          versions.put(result.getString(1), new Version(result.getLong(2), result.getBoolean(3)));
        }
      }
      return versions;
    } catch (SQLException e) {
      throw new DependencyUnavailableException("search index: PostgreSQL: " + e.getMessage(), e);
    }
  }
}
