package quayside.sink.catalog;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;
import quayside.event.CloudEvent;
import quayside.event.ObjectThumbnailed;
import quayside.sink.DependencyUnavailableException;

/**
 * What the catalog holds of some objects, while nobody else works on them: for whoever tells others
 * of it and must not tell them something older after something newer. Locks are PostgreSQL's
 * advisory ones: they hold over all instances, end with the transaction whatever happens to its
 * owner, and are unknown to the catalog's writers, who never wait for them. Blocks; thread-safe.
 */
@ApplicationScoped
public class LockedObjects {
  // In ascending order, as they are given: two that want the same never wait for each other in a
  // circle.
  private static final String LOCK =
      "select pg_advisory_xact_lock(hashtext('catalog.state'), stripe) from unnest(?::int[]) as stripe";

  /** The rows of any number of objects; tombstones are rows as well. */
  static final String ROWS =
      """
      select {o.*}, {t.*}
      from unnest(cast(:buckets as text[]), cast(:keys as text[])) as wanted (bucket, key)
      left join catalog.object o on o.bucket = wanted.bucket and o.key = wanted.key
      left join catalog.thumbnails t on t.bucket = wanted.bucket and t.key = wanted.key\
      """;

  private static final UnnestStatement SEEN =
      new UnnestStatement(
          """
          select inbox.source, inbox.id
          from unnest(?::text[], ?::text[]) as event (source, id)
          join catalog.inbox on inbox.source = event.source and inbox.id = event.id\
          """,
          List.of("text", "text"));

  private final Session session;

  LockedObjects(Instance<Session> session) {
    this.session = session.get();
  }

  /**
   * What the catalog holds of an object.
   *
   * @param object the upload or deletion that it holds; null when it knows of none
   * @param thumbnails the newest thumbnailing; null when it knows of none, or of none since a
   *     deletion
   * @param thumbnailsFence a thumbnailing that is not newer than this is known; -1 when none is
   */
  public record Known(
      ObjectName name,
      @Nullable CloudEvent<?> object,
      @Nullable CloudEvent<ObjectThumbnailed> thumbnails,
      long thumbnailsFence) {

    /** An upload or deletion that is not newer than this is known; -1 when none is. */
    public long fence() {
      return object == null ? -1 : object.sequence();
    }

    private static Known of(
        ObjectName name, @Nullable ObjectEntity object, @Nullable ThumbnailsEntity thumbnails) {
      CloudEvent<?> event =
          object == null ? null : object.isDeleted() ? object.deletion() : object.upload();
      return new Known(
          name,
          event,
          Optional.ofNullable(thumbnails).flatMap(ThumbnailsEntity::event).orElse(null),
          thumbnails == null ? -1 : thumbnails.sequence);
    }
  }

  /** What is done while the objects are locked. */
  @FunctionalInterface
  public interface Work {
    /** Does it once; {@code known} has each of the objects. */
    void with(List<Known> known) throws DependencyUnavailableException;
  }

  /**
   * Locks, reads, works and unlocks. When it returns, the locks were held until the work was done;
   * when it throws, that is not certain, and the work is to be repeated.
   *
   * @param stripes the locks; the same object has the same one for everybody
   * @throws DependencyUnavailableException as the work throws it, or when the database is away
   */
  public void run(SortedSet<Integer> stripes, Collection<ObjectName> names, Work work)
      throws DependencyUnavailableException {
    try {
      runInTransaction(stripes, names, work);
    } catch (RuntimeException e) {
      throw DatabaseFailure.unavailable(e);
    }
  }

  // The commit at its end fails when the session, and with it the locks, was lost meanwhile.
  @Transactional
  void runInTransaction(SortedSet<Integer> stripes, Collection<ObjectName> names, Work work)
      throws DependencyUnavailableException {
    session.doWork(connection -> lock(connection, stripes));
    work.with(read(names));
  }

  /** Those of some events that the catalog has not seen: it set them aside. */
  @Transactional
  public List<CloudEvent<?>> unseen(List<CloudEvent<?>> events)
      throws DependencyUnavailableException {
    List<List<@Nullable Object>> identities =
        events.stream()
            .filter(LockedObjects::isStorable)
            .map(event -> List.<@Nullable Object>of(event.source(), event.id()))
            .toList();
    if (identities.isEmpty()) {
      return events;
    }
    try {
      Set<EventIdentity> seen =
          session.doReturningWork(connection -> SEEN.execute(connection, identities));
      return events.stream()
          .filter(event -> !seen.contains(new EventIdentity(event.source(), event.id())))
          .toList();
    } catch (RuntimeException e) {
      throw DatabaseFailure.unavailable(e);
    }
  }

  private static boolean isStorable(CloudEvent<?> event) {
    return StoredText.isStorable(event.source()) && StoredText.isStorable(event.id());
  }

  private static void lock(Connection connection, SortedSet<Integer> stripes) throws SQLException {
    try (PreparedStatement lock = connection.prepareStatement(LOCK)) {
      lock.setArray(1, connection.createArrayOf("integer", stripes.toArray()));
      lock.execute();
    }
  }

  private List<Known> read(Collection<ObjectName> names) {
    Map<ObjectName, Known> found = HashMap.newHashMap(names.size());
    for (Object row : rows(names)) {
      Object[] entities = (Object[]) row;
      ObjectEntity object = (ObjectEntity) entities[0];
      ThumbnailsEntity thumbnails = (ThumbnailsEntity) entities[1];
      if (object != null || thumbnails != null) {
        ObjectName name = object == null ? thumbnails.name : object.name;
        found.put(name, Known.of(name, object, thumbnails));
      }
    }
    return names.stream()
        .distinct()
        .map(name -> found.getOrDefault(name, Known.of(name, null, null)))
        .toList();
  }

  private List<?> rows(Collection<ObjectName> names) {
    return session
        .createNativeQuery(ROWS, Object[].class)
        .addEntity("o", ObjectEntity.class)
        .addEntity("t", ThumbnailsEntity.class)
        .setParameter("buckets", names.stream().map(ObjectName::bucket).toArray(String[]::new))
        .setParameter("keys", names.stream().map(ObjectName::key).toArray(String[]::new))
        .getResultList();
  }
}
