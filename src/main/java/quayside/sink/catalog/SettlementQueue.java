package quayside.sink.catalog;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.hibernate.Session;
import quayside.event.ObjectUploaded;
import quayside.event.VerificationLevel;

/**
 * The objects to be looked at in their bucket: a table, so that a crash loses none. Entered in the
 * transaction that gives the reason; claimed by one worker of one instance ({@code skip locked})
 * for a while, after which he is taken for dead. Thread-safe.
 */
@ApplicationScoped
class SettlementQueue {
  // A reason that comes while somebody looks starts anew: what he sees may be older than it.
  private static final String ENTER =
      """
      insert into catalog.settlement as s (bucket, key, reason)
      select bucket, key, ? from unnest(?::text[], ?::text[]) as object (bucket, key)
      order by bucket collate "C", key collate "C"
      on conflict (bucket, key) do update
      set generation = s.generation + 1, attempts = 0, due_at = least(s.due_at, now()),
          reason = case when s.reason = 'confirm' then excluded.reason else s.reason end\
      """;

  private static final String CLAIM =
      """
      update catalog.settlement s
      set due_at = now() + ? * interval '1 millisecond', attempts = s.attempts + 1
      from (select bucket, key from catalog.settlement where due_at <= now() order by due_at limit ?
            for update skip locked) due
      where s.bucket = due.bucket and s.key = due.key
      returning s.bucket, s.key, s.reason, s.generation, s.attempts\
      """;

  private static final String FINISH =
      "delete from catalog.settlement where bucket = ? and key = ? and generation = ?";

  private static final String POSTPONE =
      "update catalog.settlement set due_at = now() + ? * interval '1 millisecond'"
          + " where bucket = ? and key = ? and generation = ?";

  private final Session session;
  private final Semaphore entered = new Semaphore(0);

  SettlementQueue(Instance<Session> session) {
    this.session = session.get();
  }

  /**
   * An object to be looked at.
   *
   * @param generation tells it from a later reason for the same object
   * @param attempts how often it was begun, this time included
   */
  record Task(ObjectName name, SettlementReason reason, long generation, int attempts) {}

  /** Enters objects in the transaction of the connection. */
  void enter(Connection connection, Collection<ObjectName> objects, SettlementReason reason)
      throws SQLException {
    try (PreparedStatement enter = connection.prepareStatement(ENTER)) {
      enter.setString(1, reason.value());
      enter.setArray(
          2, connection.createArrayOf("text", objects.stream().map(ObjectName::bucket).toArray()));
      enter.setArray(
          3, connection.createArrayOf("text", objects.stream().map(ObjectName::key).toArray()));
      enter.executeUpdate();
    }
    entered.release();
  }

  /** Enters those uploads that nobody has compared with the bucket yet. */
  void confirm(Connection connection, List<FencedRow> applied) throws SQLException {
    Set<ObjectName> unconfirmed =
        applied.stream()
            .filter(row ->
                row.event().data() instanceof ObjectUploaded data
                    && data.verification().level() != VerificationLevel.CONFIRMED)
            .map(FencedRow::name)
            .collect(Collectors.toSet());
    if (!unconfirmed.isEmpty()) {
      enter(connection, unconfirmed, SettlementReason.CONFIRM);
    }
  }

  /** Enters one object in a transaction of its own. */
  @Transactional
  void enter(ObjectName name, SettlementReason reason) {
    session.doWork(connection -> enter(connection, List.of(name), reason));
  }

  /** Takes objects that are due; nobody else gets them for the length of the lease. */
  @Transactional
  List<Task> claim(int limit, Duration lease) {
    return session.doReturningWork(connection -> {
      try (PreparedStatement claim = connection.prepareStatement(CLAIM)) {
        claim.setLong(1, lease.toMillis());
        claim.setInt(2, limit);
        return tasks(claim.executeQuery());
      }
    });
  }

  /** Ends a task, unless there is a new reason to look. */
  @Transactional
  void finish(Task task) {
    session.doWork(connection -> {
      try (PreparedStatement finish = connection.prepareStatement(FINISH)) {
        finish.setString(1, task.name().bucket());
        finish.setString(2, task.name().key());
        finish.setLong(3, task.generation());
        finish.executeUpdate();
      }
    });
  }

  /** Gives a task back, to be looked at later. */
  @Transactional
  void postpone(Task task, Duration delay) {
    session.doWork(connection -> {
      try (PreparedStatement postpone = connection.prepareStatement(POSTPONE)) {
        postpone.setLong(1, delay.toMillis());
        postpone.setString(2, task.name().bucket());
        postpone.setString(3, task.name().key());
        postpone.setLong(4, task.generation());
        postpone.executeUpdate();
      }
    });
  }

  /** Waits until this instance has entered something, or for as long as given. */
  void await(Duration longest) throws InterruptedException {
    if (entered.tryAcquire(longest.toMillis(), TimeUnit.MILLISECONDS)) {
      entered.drainPermits();
    }
  }

  private static List<Task> tasks(ResultSet result) throws SQLException {
    List<Task> tasks = new ArrayList<>();
    while (result.next()) {
      tasks.add(
          new Task(
              new ObjectName(result.getString(1), result.getString(2)),
              SettlementReason.valueOf(result.getString(3).toUpperCase(java.util.Locale.ROOT)),
              result.getLong(4),
              result.getInt(5)));
    }
    return tasks;
  }
}
