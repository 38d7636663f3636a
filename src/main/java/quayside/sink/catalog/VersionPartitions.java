package quayside.sink.catalog;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.hibernate.Session;

/**
 * The partitions of {@code catalog.object_version}: one a week from Monday 00:00 UTC, named by that
 * day, beside the one for everything else. Every change is a short transaction of its own that
 * gives up rather than make writers wait for long; instances take turns. Blocks; thread-safe.
 */
@ApplicationScoped
class VersionPartitions {
  private static final String PREFIX = "object_version_";
  private static final Pattern NAME = Pattern.compile(PREFIX + "(\\d{8})");

  // Whoever waits for a lock on a table makes all who come after him wait.
  private static final String TAKE_TURNS =
      """
      set local lock_timeout = '2s';
      select pg_advisory_xact_lock(hashtext('catalog.object_version'))\
      """;

  private static final String NAMES =
      """
      select partition.relname from pg_inherits
      join pg_class partition on partition.oid = inhrelid
      where inhparent = 'catalog.object_version'::regclass\
      """;

  // Attached, not made in place: that would lock out all writers of the table. What waits in the
  // default partition moves,
  // and nothing may join it between the move and the end.
  private static final String MAKE =
      """
      lock table catalog.object_version_other in access exclusive mode;
      create table catalog.%1$s (like catalog.object_version including all);
      comment on table catalog.%1$s is 'Versions learned of in the week from %2$s';
      with moved as (
        delete from catalog.object_version_other
        where recorded_at >= '%2$s 00:00Z' and recorded_at < '%3$s 00:00Z' returning *)
      insert into catalog.%1$s select * from moved;
      alter table catalog.object_version attach partition catalog.%1$s
        for values from ('%2$s 00:00Z') to ('%3$s 00:00Z')\
      """;

  private final Session session;

  VersionPartitions(Instance<Session> session) {
    this.session = session.get();
  }

  /** The Monday of the week that a time is in. */
  static LocalDate week(Instant time) {
    return LocalDate.ofInstant(time, ZoneOffset.UTC)
        .with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
  }

  /** The weeks that have a partition. */
  @Transactional
  List<LocalDate> weeks() {
    return session.doReturningWork(VersionPartitions::weeks);
  }

  /** Makes the partition of a week, unless it is there; true when it was made. */
  @Transactional
  boolean make(LocalDate week) {
    return session.doReturningWork(connection -> {
      takeTurns(connection);
      if (weeks(connection).contains(week)) {
        return false;
      }
      execute(connection, MAKE.formatted(name(week), week, week.plusWeeks(1)));
      return true;
    });
  }

  /** Drops the partition of a week with all it holds, if it is there. */
  @Transactional
  void drop(LocalDate week) {
    session.doWork(connection -> {
      takeTurns(connection);
      execute(connection, "drop table if exists catalog." + name(week));
    });
  }

  private static String name(LocalDate week) {
    return PREFIX + week.format(DateTimeFormatter.BASIC_ISO_DATE);
  }

  private static void takeTurns(Connection connection) throws SQLException {
    execute(connection, TAKE_TURNS);
  }

  private static List<LocalDate> weeks(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet names = statement.executeQuery(NAMES)) {
      List<LocalDate> weeks = new ArrayList<>();
      while (names.next()) {
        NAME.matcher(names.getString(1))
            .results()
            .map(name -> LocalDate.parse(name.group(1), DateTimeFormatter.BASIC_ISO_DATE))
            .forEach(weeks::add);
      }
      return weeks;
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
