package quayside.sink.catalog;

import org.jspecify.annotations.Nullable;

/**
 * Which page of the catalog is asked for.
 *
 * @param bucket only objects of this bucket, or null for all
 * @param prefix only keys that begin with this, or null for all
 * @param order the order
 * @param limit objects per page
 * @param cursor the place after which the page begins, or null for the first one
 */
record ListRequest(
    @Nullable String bucket,
    @Nullable String prefix,
    ObjectOrder order,
    int limit,
    @Nullable ListCursor cursor) {
  static final int DEFAULT_LIMIT = 50;
  static final int MAX_LIMIT = 500;

  ListRequest {
    if (cursor != null && !cursor.isWithin(bucket, prefix)) {
      throw new CatalogRequestException(CatalogRefusal.BAD_CURSOR);
    }
  }

  /**
   * Reads the query parameters; null is a parameter that is not there.
   *
   * @throws CatalogRequestException with the refusal of the first that is wrong
   */
  static ListRequest parse(
      @Nullable String bucket,
      @Nullable String prefix,
      @Nullable String order,
      @Nullable String limit,
      @Nullable String cursor) {
    ObjectOrder parsedOrder = order == null ? ObjectOrder.NEWEST : order(order);
    return new ListRequest(
        filter(bucket),
        filter(prefix),
        parsedOrder,
        limit == null ? DEFAULT_LIMIT : limit(limit),
        cursor == null ? null : ListCursor.parse(parsedOrder, cursor));
  }

  private static @Nullable String filter(@Nullable String text) {
    if (text == null || (!text.isEmpty() && StoredText.isStorable(text))) {
      return text;
    }
    throw new CatalogRequestException(CatalogRefusal.BAD_FILTER);
  }

  private static ObjectOrder order(String text) {
    return ObjectOrder.ofValue(text)
        .orElseThrow(() -> new CatalogRequestException(CatalogRefusal.BAD_ORDER));
  }

  private static int limit(String text) {
    try {
      int limit = Integer.parseInt(text);
      if (limit >= 1 && limit <= MAX_LIMIT) {
        return limit;
      }
    } catch (NumberFormatException e) {
      throw new CatalogRequestException(CatalogRefusal.BAD_LIMIT, e);
    }
    throw new CatalogRequestException(CatalogRefusal.BAD_LIMIT);
  }
}
