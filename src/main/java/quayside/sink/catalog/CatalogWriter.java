package quayside.sink.catalog;

import static java.util.stream.Collectors.toSet;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/**
 * Writes a batch: inbox rows, fenced upsert and versions in one transaction. Statements touch rows
 * in key order, inbox first, so concurrent writers queue up rather than deadlock. Thread-safe.
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
  private static final ObjectVersions VERSIONS = new ObjectVersions();

  private final Session session;
  private final Contradictions contradictions;
  private final SettlementQueue settlements;
  private final boolean confirming;

  CatalogWriter(
      Instance<Session> session,
      Contradictions contradictions,
      SettlementQueue settlements,
      CatalogConfig config) {
    this.session = session.get();
    this.contradictions = contradictions;
    this.settlements = settlements;
    this.confirming = config.confirm() == Confirmation.HEAD;
  }

  /**
   * What a batch came to.
   *
   * @param applied rows that are now in the table
   * @param duplicates deliveries of events already in the inbox, or earlier in the batch
   * @param stale events seen for the first time, but not newer than what is held
   * @param contradictions events that cannot be taken at their word; the bucket is asked
   */
  record Written(
      List<FencedRow> applied, int duplicates, List<FencedRow> stale, int contradictions) {}

  /**
   * Writes a batch, all or nothing.
   *
   * @param companions rows that the same events write into other tables
   * @throws RuntimeException with the {@link SQLException} among its causes, see {@link
   *     DatabaseFailure}
   */
  @Transactional
  Written write(FencedBatch batch, List<FencedBatch> companions) {
    return session.doReturningWork(connection -> write(connection, batch, companions));
  }

  private Written write(Connection connection, FencedBatch batch, List<FencedBatch> companions)
      throws SQLException {
    List<FencedRow> fresh = enterInbox(connection, batch.rows());
    if (fresh.isEmpty()) {
      return new Written(List.of(), batch.rows().size(), List.of(), 0);
    }
    int contradicting = contradictions.find(connection, batch.table(), fresh);
    List<FencedRow> applied = upsert(connection, batch.table(), fresh);
    VERSIONS.add(connection, fresh);
    if (!companions.isEmpty()) {
      Set<EventIdentity> events = fresh.stream().map(FencedRow::identity).collect(toSet());
      for (FencedBatch companion : companions) {
        upsert(connection, companion.table(), companion.only(events).rows());
      }
    }
    if (confirming) {
      settlements.confirm(connection, applied);
    }
    Set<EventIdentity> written = applied.stream().map(FencedRow::identity).collect(toSet());
    return new Written(
        applied,
        batch.rows().size() - fresh.size(),
        fresh.stream().filter(row -> !written.contains(row.identity())).toList(),
        contradicting);
  }

  private static List<FencedRow> upsert(
      Connection connection, FencedTable<?> table, List<FencedRow> rows) throws SQLException {
    List<FencedRow> newest = FencedRow.newestOfEachObject(rows);
    Set<EventIdentity> changed =
        new UnnestStatement(table.upsert(), table.types())
            .execute(connection, newest.stream().map(FencedRow::values).toList());
    return newest.stream().filter(row -> changed.contains(row.identity())).toList();
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
