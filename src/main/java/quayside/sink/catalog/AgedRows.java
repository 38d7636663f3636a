package quayside.sink.catalog;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.transaction.Transactional;
import java.sql.PreparedStatement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import org.hibernate.Session;

/**
 * Deletes rows by age, a few in a transaction; instances pass over what another one deletes.
 * Blocks; thread-safe.
 */
@ApplicationScoped
class AgedRows {
  private static final String DELETE =
      """
      delete from catalog.%1$s where ctid = any (array(
        select ctid from catalog.%1$s as aged where %2$s limit ? for update skip locked))\
      """;

  private final Session session;

  AgedRows(Instance<Session> session) {
    this.session = session.get();
  }

  /** What grows old. */
  enum Table {
    /** Events seen. */
    INBOX("recorded_at < ?"),
    /** Versions that came too late for any partition. */
    OBJECT_VERSION_OTHER("recorded_at < ?"),
    /** Contradictions; while their object is still to be looked at, they stay. */
    RIVAL(
        "coalesce(settled_at, opened_at) < ? and not exists (select from catalog.settlement as due"
            + " where due.bucket = aged.bucket and due.key = aged.key)"),
    /** Comparisons that ended. */
    RECONCILE_RUN("finished_at < ? and state <> 'running'");

    private final String delete;

    Table(String condition) {
      this.delete = DELETE.formatted(value(), condition);
    }

    /** The table's name, as in metrics. */
    final String value() {
      return name().toLowerCase(Locale.ROOT);
    }

    String delete() {
      return delete;
    }
  }

  /** Deletes at most {@code limit} rows of before a time; returns how many it were. */
  @Transactional
  int deleteBefore(Table table, Instant time, int limit) {
    return session.doReturningWork(connection -> {
      try (PreparedStatement delete = connection.prepareStatement(table.delete())) {
        delete.setObject(1, OffsetDateTime.ofInstant(time, ZoneOffset.UTC));
        delete.setInt(2, limit);
        return delete.executeUpdate();
      }
    });
  }
}
