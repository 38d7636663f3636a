package quayside.sink.catalog;

import static java.util.stream.Collectors.toMap;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Reads thumbnails; thread-safe. */
@ApplicationScoped
class ThumbnailsRepository implements PanacheRepositoryBase<ThumbnailsEntity, ObjectName> {

  /** The thumbnails of some objects, whichever version of them they belong to. */
  Map<ObjectName, ThumbnailsEntity> of(List<ObjectName> names) {
    if (names.isEmpty()) {
      return Map.of();
    }
    return list("name in ?1", names).stream()
        .collect(toMap(thumbnails -> thumbnails.name, Function.identity()));
  }
}
