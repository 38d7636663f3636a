package quayside.sink.catalog;

import jakarta.persistence.Query;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The SQL of a page. Native, because paging rests on one comparison of row values, which PostgreSQL
 * answers from an index at any depth. Its text depends only on which filters there are; every value
 * is bound.
 *
 * @param sql the statement
 * @param parameters its named parameters
 */
record ListQuery(String sql, Map<String, Object> parameters) {

  /** For one more row than a page has, which tells whether there is a next one. */
  static ListQuery of(ListRequest request) {
    List<String> conditions = new ArrayList<>();
    Map<String, Object> parameters = new LinkedHashMap<>();
    if (request.bucket() != null) {
      conditions.add("bucket = :bucket");
      parameters.put("bucket", request.bucket());
    }
    if (request.prefix() != null) {
      addPrefix(new KeyPrefix(request.prefix()), conditions, parameters);
    }
    if (request.cursor() != null) {
      addCursor(request.cursor(), request.bucket() != null, conditions, parameters);
    }
    parameters.put("rows", request.limit() + 1);
    conditions.add("state = 'present'");
    String where = "where " + String.join(" and ", conditions) + " ";
    return new ListQuery(
        "select * from catalog.object "
            + where
            + "order by "
            + request.order().orderBy()
            + " limit :rows",
        parameters);
  }

  private static void addPrefix(
      KeyPrefix prefix, List<String> conditions, Map<String, Object> parameters) {
    conditions.add("key >= :prefix");
    parameters.put("prefix", prefix.text());
    prefix
        .end()
        .ifPresent(end -> {
          conditions.add("key < :prefixEnd");
          parameters.put("prefixEnd", end);
        });
  }

  private static void addCursor(
      ListCursor cursor,
      boolean inBucket,
      List<String> conditions,
      Map<String, Object> parameters) {
    conditions.add(inBucket ? cursor.order().afterInBucket() : cursor.order().after());
    parameters.put("keyAfter", cursor.key());
    if (!inBucket) {
      parameters.put("bucketAfter", cursor.bucket());
    }
    if (cursor.order() == ObjectOrder.NEWEST) {
      parameters.put("uploadedAfter", cursor.uploadedTime());
    }
  }

  /** Sets the parameters of a query made from {@link #sql()}. */
  Query bind(Query query) {
    parameters.forEach(query::setParameter);
    return query;
  }
}
