package quayside.sink.catalog;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Reads objects; thread-safe. */
@ApplicationScoped
class ObjectRepository implements PanacheRepositoryBase<ObjectEntity, ObjectName> {

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
