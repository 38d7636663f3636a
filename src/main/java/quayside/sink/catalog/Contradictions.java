package quayside.sink.catalog;

import static java.util.stream.Collectors.joining;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds, before a batch is written, the events that contradict what is held for their object or one
 * another (see {@link Claim#contradicts}), keeps those that lose by sequence as rivals, and enters
 * their objects for a look at the bucket. All of it in the transaction of the batch: what is
 * written and what is still to be settled cannot come apart. Thread-safe.
 */
@ApplicationScoped
class Contradictions {
  private static final String BARE =
      "(held.operation is null and held.request_id is null and held.owner is null and held.requester is null"
          + " and held.client_ip is null and held.vpc_id is null and held.variables = '{}' and held.fields = '{}')";

  // Claim.contradicts, as SQL; of a verdict, what it hides must not have been judged already. The
  // limit keeps the planner
  // to one index look-up an object: while a table grows faster than it is analysed, it would read
  // the whole of it.
  private static final String PROBE =
      """
      select said.n, said.sequence > held.sequence
      from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[], ?::boolean[], ?::boolean[])
        with ordinality as said (bucket, key, state, etag, sequence, bare, verdict, n)
      cross join lateral (select * from catalog.object
                          where bucket = said.bucket and key = said.key limit 1) held
      where (not said.verdict or (said.sequence > held.sequence
             and held.event_id not like 'verdict-%%'
             and not exists (select from catalog.rival judged
                             where judged.event_source = held.event_source and judged.event_id = held.event_id)))
        and case when held.state <> said.state or held.etag <> said.etag
                 then abs(said.sequence - held.sequence) <= ?
                 when held.state = 'present' and held.etag = said.etag
                 then case when said.sequence > held.sequence then said.bare and not %1$s
                                                              else %1$s and not said.bare end
                 else false end\
      """
          .formatted(BARE);

  private final SettlementQueue settlements;
  private final long windowMicros;
  private final UnnestStatement keepEvents;
  private final String keepHeld;

  Contradictions(SettlementQueue settlements, CatalogConfig config) {
    this.settlements = settlements;
    this.windowMicros = config.conflictWindow().toNanos() / 1000;
    FencedTable<?> table = ObjectColumns.uploaded();
    String names = String.join(", ", table.names());
    String arrays = table.types().stream().map(type -> "?::" + type + "[]").collect(joining(", "));
    this.keepEvents =
        new UnnestStatement(
            "insert into catalog.rival ("
                + names
                + ") select * from unnest("
                + arrays
                + ") as said ("
                + names
                + ") order by event_source collate \"C\", event_id collate \"C\""
                + " on conflict do nothing returning event_source, event_id",
            table.types());
    this.keepHeld =
        "insert into catalog.rival ("
            + names
            + ") select "
            + names
            + " from catalog.object join unnest(?::text[], ?::text[]) as said (bucket, key) using (bucket, key)"
            + " order by event_source, event_id on conflict do nothing";
  }

  /** An event and what it says. */
  private record Said(FencedRow row, Claim claim) {}

  /** What is to be remembered of a batch. */
  private record Found(List<FencedRow> losers, Set<ObjectName> overtaken, Set<ObjectName> objects) {
    Found() {
      this(new ArrayList<>(), new LinkedHashSet<>(), new LinkedHashSet<>());
    }
  }

  /**
   * Looks at a batch that is about to be written.
   *
   * @param fresh events seen for the first time, in the order of delivery
   * @return the number of objects that the bucket is now asked about
   */
  int find(Connection connection, FencedTable<?> table, List<FencedRow> fresh) throws SQLException {
    List<Said> said = new ArrayList<>(fresh.size());
    for (FencedRow row : fresh) {
      Claim claim = Claim.of(row.event());
      if (claim != null) {
        said.add(new Said(row, claim));
      }
    }
    if (said.isEmpty()) {
      return 0;
    }
    Found found = new Found();
    amongThemselves(said, found);
    withWhatIsHeld(connection, said, found);
    if (!found.objects().isEmpty()) {
      remember(connection, found);
    }
    return found.objects().size();
  }

  private void amongThemselves(List<Said> said, Found found) {
    Map<ObjectName, Said> held = HashMap.newHashMap(said.size());
    for (Said next : said) {
      Said before = held.putIfAbsent(next.row().name(), next);
      if (before != null) {
        boolean newer = next.claim().isNewerThan(before.claim());
        if (next.claim().contradicts(before.claim(), windowMicros)) {
          found.losers().add(newer ? before.row() : next.row());
          found.objects().add(next.row().name());
        }
        if (newer) {
          held.put(next.row().name(), next);
        }
      }
    }
  }

  private void withWhatIsHeld(Connection connection, List<Said> said, Found found)
      throws SQLException {
    try (PreparedStatement probe = connection.prepareStatement(PROBE)) {
      array(probe, 1, "text", said.stream().map(s -> s.row().name().bucket()).toArray());
      array(probe, 2, "text", said.stream().map(s -> s.row().name().key()).toArray());
      array(probe, 3, "text", said.stream().map(s -> s.claim().state().value()).toArray());
      array(probe, 4, "text", said.stream().map(s -> s.claim().etag()).toArray());
      array(probe, 5, "bigint", said.stream().map(s -> s.claim().sequence()).toArray());
      array(probe, 6, "boolean", said.stream().map(s -> s.claim().bare()).toArray());
      array(probe, 7, "boolean", said.stream().map(s -> s.claim().verdict()).toArray());
      probe.setLong(8, windowMicros);
      try (ResultSet result = probe.executeQuery()) {
        while (result.next()) {
          FencedRow row = said.get(result.getInt(1) - 1).row();
          found.objects().add(row.name());
          if (result.getBoolean(2)) {
            found.overtaken().add(row.name());
          } else {
            found.losers().add(row);
          }
        }
      }
    }
  }

  private void remember(Connection connection, Found found) throws SQLException {
    if (!found.overtaken().isEmpty()) {
      try (PreparedStatement keep = connection.prepareStatement(keepHeld)) {
        array(keep, 1, "text", found.overtaken().stream().map(ObjectName::bucket).toArray());
        array(keep, 2, "text", found.overtaken().stream().map(ObjectName::key).toArray());
        keep.executeUpdate();
      }
    }
    if (!found.losers().isEmpty()) {
      keepEvents.execute(
          connection, found.losers().stream().distinct().map(FencedRow::values).toList());
    }
    settlements.enter(connection, found.objects(), SettlementReason.CONFLICT);
  }

  private static void array(
      PreparedStatement statement, int index, String type, @Nullable Object[] values)
      throws SQLException {
    statement.setArray(index, statement.getConnection().createArrayOf(type, values));
  }
}
