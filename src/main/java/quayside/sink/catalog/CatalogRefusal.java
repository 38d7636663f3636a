package quayside.sink.catalog;

import java.util.Locale;

/**
 * Why the catalog's API does not answer with what was asked for. Stable: part of the API and a
 * metric tag.
 */
enum CatalogRefusal {
  /** No such object, as far as the catalog knows. */
  OBJECT_NOT_FOUND(404, "Object not found", "The catalog knows no object of this bucket and key."),
  /** The object was in its bucket and is not any more. */
  OBJECT_DELETED(404, "Object deleted", "The object is not in its bucket any more."),
  /** The path does not decode to an object key. */
  BAD_PATH(400, "Bad path", "The object key in the path must be percent-encoded UTF-8."),
  /** {@code bucket} or {@code prefix} cannot be part of an object's name. */
  BAD_FILTER(400, "Bad filter", "bucket and prefix must be Unicode text without NUL."),
  /** {@code limit} is out of range. */
  BAD_LIMIT(
      400, "Bad limit", "limit must be a whole number from 1 to " + ListRequest.MAX_LIMIT + "."),
  /** {@code order} is not known. */
  BAD_ORDER(400, "Bad order", "order must be newest or key."),
  /** {@code cursor} was not made by this API for this order and these filters. */
  BAD_CURSOR(
      400,
      "Bad cursor",
      "cursor must be the nextCursor of a page with the same order and filters."),
  /** The database is away. */
  CATALOG_UNAVAILABLE(
      503, "Catalog unavailable", "The catalog's database does not answer; try again later.");

  private final int status;
  private final String title;
  private final String detail;

  CatalogRefusal(int status, String title, String detail) {
    this.status = status;
    this.title = title;
    this.detail = detail;
  }

  int status() {
    return status;
  }

  String title() {
    return title;
  }

  String detail() {
    return detail;
  }

  /** The stable code. */
  String reason() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
