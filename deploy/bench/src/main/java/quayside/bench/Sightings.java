package quayside.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;

/**
 * When objects become visible in a table: those that are due and have not been seen are looked for
 * by primary key, which costs the database next to nothing. Used by one thread.
 */
final class Sightings {
  private final String query;
  private final Deque<Due> later;
  private final Map<String, Long> awaited = new LinkedHashMap<>();
  private final Histogram micros = new Histogram(3);

  /**
   * Looks for objects of the bucket {@code uploads}.
   *
   * @param due in the order of time
   */
  Sightings(String table, String keyColumn, Iterable<Due> due) {
    this.query =
        "select %2$s from %1$s where bucket = 'uploads' and %2$s = any (?)"
            .formatted(table, keyColumn);
    this.later = new ArrayDeque<>();
    due.forEach(later::add);
  }

  /** An object and when its callback was to be sent, by {@link System#nanoTime()}. */
  record Due(String key, long nanos) {}

  /** Looks once; tells which are there now. */
  void look(Connection connection, Consumer<Due> seen) throws SQLException {
    long now = System.nanoTime();
    while (!later.isEmpty() && later.peek().nanos() <= now) {
      Due due = later.poll();
      awaited.put(due.key(), due.nanos());
    }
    if (awaited.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setArray(1, connection.createArrayOf("text", awaited.keySet().toArray()));
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          String key = result.getString(1);
          long due = awaited.remove(key);
          micros.recordValue((System.nanoTime() - due) / 1000);
          seen.accept(new Due(key, due));
        }
      }
    }
  }

  boolean isComplete() {
    return later.isEmpty() && awaited.isEmpty();
  }

  /** How many are due and not there. */
  int missing() {
    return awaited.size();
  }

  /** From the time a callback was due until its object was seen, in microseconds. */
  Histogram micros() {
    return micros;
  }
}
