package quayside.sink.catalog;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;
import quayside.event.CloudEvent;
import quayside.event.ObjectDeleted;
import quayside.event.ObjectUploaded;
import quayside.sink.DependencyUnavailableException;

/**
 * The catalog as a comparison with a bucket reads it: page by page in the order of OSS listings,
 * tombstones included. Blocks; thread-safe.
 */
@ApplicationScoped
public class CatalogWalk {
  private static final String PAGE =
      """
      select o.key, o.etag, o.size, o.state = 'deleted', o.sequence, o.updated_at, o.mime_type,
             t.width is not null
               and case when o.etag is null then t.causation_id = o.event_id else t.etag = o.etag end
      from catalog.object o
      left join catalog.thumbnails t on t.bucket = o.bucket and t.key = o.key
      where o.bucket = ? and o.key > ? and o.key >= ? and (?::text is null or o.key < ?)
      order by o.key limit ?\
      """;

  private static final String COUNT =
      "select count(*) from catalog.object o where o.bucket = ? and o.key >= ?"
          + " and (?::text is null or o.key < ?) and o.state = 'present'";

  private static final String NEXT_BUCKET =
      "select o.bucket from catalog.object o where o.bucket > ? order by o.bucket limit 1";

  private final Session session;
  private final SettlementQueue settlements;

  CatalogWalk(Instance<Session> session, SettlementQueue settlements) {
    this.session = session.get();
    this.settlements = settlements;
  }

  /**
   * What the catalog holds of an object.
   *
   * @param etag null when it is not known, as are size and mimeType
   * @param sequence of the event it is from
   * @param updatedAt when the row was written
   * @param hasThumbnails whether thumbnails of this version are known
   */
  public record Entry(
      String key,
      @Nullable String etag,
      @Nullable Long size,
      boolean isDeleted,
      long sequence,
      Instant updatedAt,
      @Nullable String mimeType,
      boolean hasThumbnails) {}

  /** The next objects after a key; fewer than {@code limit} when there are no more. */
  @Transactional
  public List<Entry> page(String bucket, String prefix, String after, int limit)
      throws DependencyUnavailableException {
    return read(connection -> {
      try (PreparedStatement select = connection.prepareStatement(PAGE)) {
        select.setString(1, bucket);
        select.setString(2, after);
        select.setString(3, prefix);
        select.setString(4, end(prefix));
        select.setString(5, end(prefix));
        select.setInt(6, limit);
        return entries(select.executeQuery());
      }
    });
  }

  /** The first bucket after this one that the catalog has an object of, tombstones included. */
  @Transactional
  public Optional<String> bucketAfter(String bucket) throws DependencyUnavailableException {
    return read(connection -> {
      try (PreparedStatement first = connection.prepareStatement(NEXT_BUCKET)) {
        first.setString(1, bucket);
        ResultSet result = first.executeQuery();
        return result.next() ? Optional.of(result.getString(1)) : Optional.empty();
      }
    });
  }

  /** Objects that are not deleted. */
  @Transactional
  public long count(String bucket, String prefix) throws DependencyUnavailableException {
    return read(connection -> {
      try (PreparedStatement count = connection.prepareStatement(COUNT)) {
        count.setString(1, bucket);
        count.setString(2, prefix);
        count.setString(3, end(prefix));
        count.setString(4, end(prefix));
        ResultSet result = count.executeQuery();
        result.next();
        return result.getLong(1);
      }
    });
  }

  /** The event that an object is known from, to be published again, if it is in its bucket. */
  @Transactional
  public Optional<CloudEvent<ObjectUploaded>> upload(String bucket, String key)
      throws DependencyUnavailableException {
    ObjectEntity held = find(bucket, key);
    return held == null || held.isDeleted() ? Optional.empty() : Optional.of(held.upload());
  }

  /** The event that made an object a tombstone, to be published again, if it is one. */
  @Transactional
  public Optional<CloudEvent<ObjectDeleted>> deletion(String bucket, String key)
      throws DependencyUnavailableException {
    ObjectEntity held = find(bucket, key);
    return held == null || !held.isDeleted() ? Optional.empty() : Optional.of(held.deletion());
  }

  /** Has an object looked at in its bucket, because the bucket contradicts a row that is newer. */
  public void settle(String bucket, String key) throws DependencyUnavailableException {
    try {
      settlements.enter(new ObjectName(bucket, key), SettlementReason.RECONCILE);
    } catch (RuntimeException e) {
      throw DatabaseFailure.unavailable(e);
    }
  }

  private @Nullable ObjectEntity find(String bucket, String key)
      throws DependencyUnavailableException {
    try {
      return session.find(ObjectEntity.class, new ObjectName(bucket, key));
    } catch (RuntimeException e) {
      throw DatabaseFailure.unavailable(e);
    }
  }

  private static @Nullable String end(String prefix) {
    return prefix.isEmpty() ? null : new KeyPrefix(prefix).end().orElse(null);
  }

  private static List<Entry> entries(ResultSet result) throws SQLException {
    List<Entry> entries = new ArrayList<>();
    while (result.next()) {
      entries.add(
          new Entry(
              result.getString(1),
              result.getString(2),
              result.getObject(3, Long.class),
              result.getBoolean(4),
              result.getLong(5),
              result.getObject(6, OffsetDateTime.class).toInstant(),
              result.getString(7),
              result.getBoolean(8)));
    }
    return entries;
  }

  /** A read that may fail as JDBC does. */
  @FunctionalInterface
  private interface Read<T> {
    T from(Connection connection) throws SQLException;
  }

  private <T> T read(Read<T> read) throws DependencyUnavailableException {
    try {
      return session.doReturningWork(read::from);
    } catch (RuntimeException e) {
      throw DatabaseFailure.unavailable(e);
    }
  }
}
