package quayside.sink.catalog;

/** A request to the catalog's API cannot be answered with what it asked for. */
final class CatalogRequestException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final CatalogRefusal refusal;

  CatalogRequestException(CatalogRefusal refusal) {
    super(refusal.reason());
    this.refusal = refusal;
  }

  CatalogRequestException(CatalogRefusal refusal, Throwable cause) {
    super(refusal.reason(), cause);
    this.refusal = refusal;
  }

  CatalogRefusal refusal() {
    return refusal;
  }
}
