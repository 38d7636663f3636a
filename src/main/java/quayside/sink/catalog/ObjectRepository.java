package quayside.sink.catalog;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Reads objects; thread-safe. */
@ApplicationScoped
class ObjectRepository implements PanacheRepositoryBase<ObjectEntity, ObjectName> {

  /** Pages through all there is, by the primary key. */
  static final String AFTER =
      "select * from catalog.object where (bucket, key) > (:bucket, :key) order by bucket, key limit :limit";

  /** The next objects in the order of bucket and key, tombstones included. */
  List<ObjectEntity> after(ObjectName name, int limit) {
    return getEntityManager()
        .createNativeQuery(AFTER, ObjectEntity.class)
        .setParameter("bucket", name.bucket())
        .setParameter("key", name.key())
        .setParameter("limit", limit)
        .getResultList()
        .stream()
        .map(ObjectEntity.class::cast)
        .toList();
  }

  /** The objects of a page, and one more when there is a next page. */
  List<ObjectEntity> page(ListRequest request) {
    ListQuery query = ListQuery.of(request);
    return query
        .bind(getEntityManager().createNativeQuery(query.sql(), ObjectEntity.class))
        .getResultList()
        .stream()
        .map(ObjectEntity.class::cast)
        .toList();
  }
}
