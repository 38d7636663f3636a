package quayside.sink.catalog;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import quayside.sink.DependencyUnavailableException;

/**
 * The comparisons of buckets with the catalog, in {@code catalog.reconcile_run}: what they found,
 * how far they came, and the lock that lets one run at a time. Whoever holds the lock renews it
 * with every checkpoint; after two minutes without one it is taken for dead. Thread-safe.
 */
@ApplicationScoped
public class RunLog {
  private static final String UNIQUE_VIOLATION = "23505";
  private static final String ABANDON =
      "update catalog.reconcile_run set state = 'abandoned', finished_at = now()"
          + " where state = 'running' and heartbeat_at < now() - interval '2 minutes'";
  private static final String BEGIN =
      "insert into catalog.reconcile_run (id, bucket, prefix, source, dry_run, rate, state, expected)"
          + " values (?, ?, ?, ?, ?, ?, 'running', ?)";
  private static final String RESUME =
      "update catalog.reconcile_run set state = 'running', rate = ?, error = null, started_at = now(),"
          + " heartbeat_at = now(), finished_at = null, stop_requested = false where id = ? and state <> 'running'";
  private static final String RESUMABLE =
      "select * from catalog.reconcile_run where bucket = ? and prefix = ? and source = ? and dry_run = ?"
          + " and state in ('failed', 'stopped', 'abandoned') order by heartbeat_at desc limit 1";
  private static final String CHECKPOINT =
      "update catalog.reconcile_run set last_key = ?, counts = ?::jsonb, samples = ?::jsonb, heartbeat_at = now()"
          + " where id = ? and state = 'running' returning not stop_requested";
  private static final String STOP =
      "update catalog.reconcile_run set stop_requested = true where id = ? and state = 'running'";
  private static final String FINISH =
      "update catalog.reconcile_run set state = ?, error = ?, finished_at = now(), heartbeat_at = now()"
          + " where id = ? and state = 'running'";
  private static final String FIND = "select * from catalog.reconcile_run where id = ?";

  private final DataSource dataSource;

  RunLog(Instance<DataSource> dataSource) {
    this.dataSource = dataSource.get();
  }

  /**
   * One run.
   *
   * @param source {@code listing}, or where the inventory is
   * @param rate repairs per second at most
   * @param state {@code running}, {@code done}, {@code failed}, {@code stopped} or {@code
   *     abandoned}
   * @param lastKey everything up to and with this key is done; empty at first
   * @param expected a guess at the number of objects
   * @param counts a JSON object of numbers
   * @param samples a JSON array of differences
   * @param error why it failed, or null
   */
  public record Run(
      UUID id,
      String bucket,
      String prefix,
      String source,
      boolean dryRun,
      int rate,
      String state,
      String lastKey,
      long expected,
      String counts,
      String samples,
      @Nullable String error) {}

  /** Begins a run; empty when another one is under way on some instance. */
  public boolean begin(Run run) throws DependencyUnavailableException {
    return alone(connection -> {
      try (PreparedStatement begin = connection.prepareStatement(BEGIN)) {
        begin.setObject(1, run.id());
        begin.setString(2, run.bucket());
        begin.setString(3, run.prefix());
        begin.setString(4, run.source());
        begin.setBoolean(5, run.dryRun());
        begin.setInt(6, run.rate());
        begin.setLong(7, run.expected());
        return begin.executeUpdate() == 1;
      }
    });
  }

  /** Goes on with a run that ended early; false when one is under way. */
  public boolean resume(UUID id, int rate) throws DependencyUnavailableException {
    return alone(connection -> {
      try (PreparedStatement resume = connection.prepareStatement(RESUME)) {
        resume.setInt(1, rate);
        resume.setObject(2, id);
        return resume.executeUpdate() == 1;
      }
    });
  }

  /** The latest run with the same task that did not end well. */
  public Optional<Run> resumable(String bucket, String prefix, String source, boolean dryRun)
      throws DependencyUnavailableException {
    return query(connection -> {
      abandonTheDead(connection);
      try (PreparedStatement select = connection.prepareStatement(RESUMABLE)) {
        select.setString(1, bucket);
        select.setString(2, prefix);
        select.setString(3, source);
        select.setBoolean(4, dryRun);
        return run(select.executeQuery());
      }
    });
  }

  /**
   * Says how far a run is; false when it has to stop, because it is told to or not its own any
   * more.
   */
  public boolean checkpoint(UUID id, String lastKey, String counts, String samples)
      throws DependencyUnavailableException {
    return query(connection -> {
      try (PreparedStatement checkpoint = connection.prepareStatement(CHECKPOINT)) {
        checkpoint.setString(1, lastKey);
        checkpoint.setString(2, counts);
        checkpoint.setString(3, samples);
        checkpoint.setObject(4, id);
        ResultSet goOn = checkpoint.executeQuery();
        return goOn.next() && goOn.getBoolean(1);
      }
    });
  }

  /** Tells a run to stop at its next checkpoint, on whichever instance; one that ended is left. */
  public void stop(UUID id) throws DependencyUnavailableException {
    query(connection -> {
      try (PreparedStatement stop = connection.prepareStatement(STOP)) {
        stop.setObject(1, id);
        return stop.executeUpdate();
      }
    });
  }

  /** Ends a run. */
  public void finish(UUID id, String state, @Nullable String error)
      throws DependencyUnavailableException {
    query(connection -> {
      try (PreparedStatement finish = connection.prepareStatement(FINISH)) {
        finish.setString(1, state);
        finish.setString(2, error);
        finish.setObject(3, id);
        return finish.executeUpdate();
      }
    });
  }

  /** One run. */
  public Optional<Run> find(UUID id) throws DependencyUnavailableException {
    return query(connection -> {
      try (PreparedStatement select = connection.prepareStatement(FIND)) {
        select.setObject(1, id);
        return run(select.executeQuery());
      }
    });
  }

  private static Optional<Run> run(ResultSet row) throws SQLException {
    if (!row.next()) {
      return Optional.empty();
    }
    return Optional.of(
        new Run(
            row.getObject("id", UUID.class),
            row.getString("bucket"),
            row.getString("prefix"),
            row.getString("source"),
            row.getBoolean("dry_run"),
            row.getInt("rate"),
            row.getString("state"),
            row.getString("last_key"),
            row.getLong("expected"),
            row.getString("counts"),
            row.getString("samples"),
            row.getString("error")));
  }

  /** A statement that may fail as JDBC does. */
  @FunctionalInterface
  private interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  private boolean alone(Work<Boolean> work) throws DependencyUnavailableException {
    return query(connection -> {
      abandonTheDead(connection);
      try {
        return work.on(connection);
      } catch (SQLException e) {
        if (UNIQUE_VIOLATION.equals(e.getSQLState())) {
          return false;
        }
        throw e;
      }
    });
  }

  private static void abandonTheDead(Connection connection) throws SQLException {
    try (PreparedStatement abandon = connection.prepareStatement(ABANDON)) {
      abandon.executeUpdate();
    }
  }

  private <T> T query(Work<T> work) throws DependencyUnavailableException {
    try (Connection connection = dataSource.getConnection()) {
      return work.on(connection);
    } catch (SQLException e) {
      throw new DependencyUnavailableException("catalog: PostgreSQL: " + e.getMessage(), e);
    }
  }
}
