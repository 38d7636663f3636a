package quayside.sink.catalog;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/**
 * Writes a batch: inbox rows and fenced upsert in one transaction. Both statements touch rows in
 * key order, inbox first, so concurrent writers queue up rather than deadlock. Thread-safe.
 */
@ApplicationScoped
class CatalogWriter {
  private static final UnnestStatement INBOX =
      new UnnestStatement(
          """
          insert into catalog.inbox (source, id, recorded_at)
          select source, id, recorded_at
          from unnest(?::text[], ?::text[], ?::timestamptz[]) as event (source, id, recorded_at)
          order by source collate "C", id collate "C"
          on conflict (source, id) do nothing
          returning source, id\
          """,
          List.of("text", "text", "timestamptz"));

  private final Session session;

  CatalogWriter(Session session) {
    this.session = session;
  }

  /**
   * What a batch came to.
   *
   * @param applied rows that are now in the table
   * @param duplicates deliveries of events already in the inbox, or earlier in the batch
   * @param stale events seen for the first time, but not newer than what is held
   */
  record Written(List<FencedRow> applied, int duplicates, List<FencedRow> stale) {}

  /**
   * Writes a batch, all or nothing.
   *
   * @throws RuntimeException with the {@link SQLException} among its causes, see {@link
   *     DatabaseFailure}
   */
  @Transactional
  Written write(FencedTable<?> table, List<FencedRow> rows) {
    return session.doReturningWork(connection -> write(connection, table, rows));
  }

  private static Written write(Connection connection, FencedTable<?> table, List<FencedRow> rows)
      throws SQLException {
    List<FencedRow> fresh = enterInbox(connection, rows);
    if (fresh.isEmpty()) {
      return new Written(List.of(), rows.size(), List.of());
    }
    List<FencedRow> newest = FencedRow.newestOfEachObject(fresh);
    Set<EventIdentity> changed =
        new UnnestStatement(table.upsert(), table.types())
            .execute(connection, newest.stream().map(FencedRow::values).toList());
    List<FencedRow> applied = new ArrayList<>();
    List<FencedRow> stale = new ArrayList<>();
    Set<FencedRow> written = Collections.newSetFromMap(new IdentityHashMap<>());
    newest.stream().filter(row -> changed.contains(row.identity())).forEach(written::add);
    fresh.forEach(row -> (written.contains(row) ? applied : stale).add(row));
    return new Written(applied, rows.size() - fresh.size(), stale);
  }

  private static List<FencedRow> enterInbox(Connection connection, List<FencedRow> rows)
      throws SQLException {
    Map<EventIdentity, FencedRow> delivered = new LinkedHashMap<>();
    rows.forEach(row -> delivered.putIfAbsent(row.identity(), row));
    List<List<@Nullable Object>> entries = new ArrayList<>(delivered.size());
    for (FencedRow row : delivered.values()) {
      entries.add(
          List.of(
              row.identity().source(), row.identity().id(), row.event().recordedTime().toString()));
    }
    Set<EventIdentity> fresh = INBOX.execute(connection, entries);
    return delivered.values().stream().filter(row -> fresh.contains(row.identity())).toList();
  }
}
