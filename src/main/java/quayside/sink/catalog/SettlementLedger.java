package quayside.sink.catalog;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Objects;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;
import quayside.oss.ObjectHead;

/** What is known of an object that is being settled, and what came of it. Thread-safe. */
@ApplicationScoped
class SettlementLedger {
  /** A hundred contradictions of one object are as good as all. */
  private static final int MAX_RIVALS = 100;

  private static final String RIVALS =
      "from RivalEntity r where r.bucket = :bucket and r.key = :key order by r.sequence desc";

  private static final String JUDGE =
      """
      update catalog.rival
      set outcome = case when state = 'present' and etag = cast(:etag as text) then 'won' else 'superseded' end,
          settled_at = now()
      where bucket = :bucket and key = :key\
      """;

  private static final String LEAVE =
      "update catalog.rival set outcome = 'unsettled', settled_at = now()"
          + " where bucket = :bucket and key = :key and outcome = 'open'";

  private static final String CONFIRM =
      """
      update catalog.object set verification_level = 'confirmed', live_etag = null, live_size = null,
                                disputed_at = null, updated_at = now()
      where bucket = :bucket and key = :key and event_source = :source and event_id = :id
        and (verification_level <> 'confirmed' or disputed_at is not null)\
      """;

  private static final String DISPUTE =
      """
      update catalog.object set live_etag = :etag, live_size = :size, disputed_at = now(), updated_at = now()
      where bucket = :bucket and key = :key and event_source = :source and event_id = :id\
      """;

  private final Session session;
  private final String keepHeld;

  SettlementLedger(Instance<Session> session) {
    this.session = session.get();
    String names = String.join(", ", ObjectColumns.uploaded().names());
    this.keepHeld =
        "insert into catalog.rival (%s) select %s from catalog.object where bucket = :bucket and key = :key on conflict do nothing"
            .formatted(names, names);
  }

  /**
   * An object's events.
   *
   * @param held the one that the catalog shows, if any
   * @param rivals those that contradicted it at some time, newest first
   */
  record Known(@Nullable ObjectEntity held, List<RivalEntity> rivals) {

    /** The held one, where the decision says that there is one. */
    ObjectEntity requireHeld() {
      return Objects.requireNonNull(held);
    }

    /** The event that a verdict is about. */
    String cause() {
      return held == null ? "none" : held.eventId;
    }
  }

  /** Reads what is known now. */
  @Transactional
  Known known(ObjectName name) {
    List<RivalEntity> rivals =
        session
            .createSelectionQuery(RIVALS, RivalEntity.class)
            .setParameter("bucket", name.bucket())
            .setParameter("key", name.key())
            .setMaxResults(MAX_RIVALS)
            .getResultList();
    return new Known(session.find(ObjectEntity.class, name), rivals);
  }

  /** Records for all contradictions of the object who was right. */
  @Transactional
  void judge(ObjectName name, @Nullable String liveEtag) {
    about(name, JUDGE).setParameter("etag", liveEtag).executeUpdate();
  }

  /** As {@link #judge}, when what is held is wrong as well. */
  @Transactional
  void supersede(ObjectName name, @Nullable String liveEtag) {
    about(name, keepHeld).executeUpdate();
    judge(name, liveEtag);
  }

  /** Records that the bucket does not say who was right: the greater sequence stands. */
  @Transactional
  void leaveOpen(ObjectName name) {
    about(name, LEAVE).executeUpdate();
  }

  /** Raises the level of a row, if it is still of the same event. */
  @Transactional
  void confirm(ObjectEntity held) {
    row(held, CONFIRM).executeUpdate();
  }

  /** Records what the bucket has instead, if the row is still of the same event. */
  @Transactional
  void dispute(ObjectEntity held, ObjectHead live) {
    row(held, DISPUTE)
        .setParameter("etag", live.etag())
        .setParameter("size", live.size())
        .executeUpdate();
  }

  private org.hibernate.query.MutationQuery about(ObjectName name, String sql) {
    return session
        .createNativeMutationQuery(sql)
        .setParameter("bucket", name.bucket())
        .setParameter("key", name.key());
  }

  private org.hibernate.query.MutationQuery row(ObjectEntity held, String sql) {
    return about(held.name, sql)
        .setParameter("source", held.eventSource)
        .setParameter("id", held.eventId);
  }
}
