package quayside.sink.search;

/** A request to the search API is not one. */
final class SearchRequestException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final SearchRefusal refusal;

  SearchRequestException(SearchRefusal refusal) {
    super(refusal.reason());
    this.refusal = refusal;
  }

  SearchRefusal refusal() {
    return refusal;
  }
}
