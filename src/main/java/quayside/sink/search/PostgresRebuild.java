package quayside.sink.search;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import quayside.sink.DependencyUnavailableException;

/**
 * Builds in a schema of its own, with the same tables and indexes, and swaps by renaming schemas:
 * one short transaction that touches no table, so nobody waits.
 */
final class PostgresRebuild implements SearchRebuild {
  private static final String NEXT = "search_next";
  private static final String IN_USE = "search";
  private static final String IS_THERE = "select to_regnamespace('search_next') is not null";
  private static final String DUPLICATE_SCHEMA = "42P06";

  // Made from the tables in use: the migrations stay the only place that says what they look like.
  private static final String CREATE =
      """
      drop schema if exists search_previous cascade;
      create schema search_next;
      create table search_next.documents (like search.documents including all excluding indexes);
      create table search_next.thumbnails (like search.thumbnails including all excluding indexes);
      do $do$
      declare
        existing record;
      begin
        for existing in
          select i.indexname, i.tablename, i.indexdef, x.indisprimary
          from pg_indexes i join pg_index x
            on x.indexrelid = format('%I.%I', i.schemaname, i.indexname)::regclass
          where i.schemaname = 'search'
        loop
          execute replace(existing.indexdef, ' ON search.', ' ON search_next.');
          if existing.indisprimary then
            execute format('alter table search_next.%I add primary key using index %I',
              existing.tablename, existing.indexname);
          end if;
        end loop;
        for existing in
          select relname, obj_description(oid) as description from pg_class
          where relnamespace = 'search'::regnamespace and relkind = 'r'
        loop
          execute format('comment on table search_next.%I is %L', existing.relname, existing.description);
        end loop;
      end
      $do$
      """;

  private static final String ANALYZE =
      "analyze search_next.documents; analyze search_next.thumbnails";
  private static final String SWAP =
      "alter schema search rename to search_previous; alter schema search_next rename to search";
  // In a transaction of its own: it waits for whoever still reads the old tables.
  private static final String DROP_PREVIOUS = "drop schema if exists search_previous cascade";
  private static final String DROP_NEXT = "drop schema if exists search_next cascade";

  private final DataSource dataSource;
  private PostgresWriter writer;

  private PostgresRebuild(DataSource dataSource) {
    this.dataSource = dataSource;
    this.writer = new PostgresWriter(dataSource, NEXT);
  }

  /** See {@link SearchIndex#rebuild}. */
  static Optional<SearchRebuild> begin(DataSource dataSource, boolean restart)
      throws DependencyUnavailableException {
    PostgresRebuild rebuild = new PostgresRebuild(dataSource);
    if (restart) {
      rebuild.discard();
    }
    try {
      rebuild.execute(CREATE);
      return Optional.of(rebuild);
    } catch (SQLException e) {
      if (DUPLICATE_SCHEMA.equals(e.getSQLState())) {
        return Optional.empty();
      }
      throw PostgresWriter.unavailable(e);
    }
  }

  @Override
  public List<Outcome> bulk(List<Change> changes) throws DependencyUnavailableException {
    return writer.write(changes);
  }

  @Override
  public void swap() throws DependencyUnavailableException {
    // Asked again after a connection was lost, it may have happened already.
    if (isThere()) {
      run(ANALYZE);
      run(SWAP);
    }
    writer = new PostgresWriter(dataSource, IN_USE);
  }

  @Override
  public void retire() throws DependencyUnavailableException {
    run(DROP_PREVIOUS);
  }

  @Override
  public void discard() throws DependencyUnavailableException {
    run(DROP_NEXT);
  }

  private boolean isThere() throws DependencyUnavailableException {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(IS_THERE)) {
      return row.next() && row.getBoolean(1);
    } catch (SQLException e) {
      throw PostgresWriter.unavailable(e);
    }
  }

  private void run(String sql) throws DependencyUnavailableException {
    try {
      execute(sql);
    } catch (SQLException e) {
      throw PostgresWriter.unavailable(e);
    }
  }

  // One transaction.
  private void execute(String sql) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      try {
        statement.execute(sql);
        connection.commit();
      } finally {
        connection.rollback();
      }
    }
  }
}
