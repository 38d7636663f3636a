package quayside.sink.search;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One search. All conditions must hold.
 *
 * @param text what was typed, matched against object keys; empty matches every object
 * @param bucket exact bucket name, or null for all
 * @param prefix exact, case-sensitive beginning of the key; empty for none
 * @param mimeType accepted content types, or null for all
 * @param from earliest upload time, inclusive, or null
 * @param to latest upload time, exclusive, or null
 * @param variables custom variables the object must have
 * @param limit most hits on the page
 * @param after where the previous page ended, or null for the first
 */
record SearchQuery(
    String text,
    @Nullable String bucket,
    String prefix,
    @Nullable MimeTypeRange mimeType,
    @Nullable Instant from,
    @Nullable Instant to,
    List<Variable> variables,
    int limit,
    @Nullable Position after) {

  /** Most hits on one page. */
  static final int MAX_LIMIT = 100;

  SearchQuery {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException("limit: " + limit + " is not in 1.." + MAX_LIMIT);
    }
    variables = List.copyOf(variables);
  }

  /** A custom variable and the value it must have. */
  record Variable(String name, String value) {}

  /**
   * Where a page ends, in the order of results: newest upload first, then bucket and key downwards.
   * Names a place between documents, not a document, so it stays good when documents come and go.
   */
  record Position(Instant uploadedAt, ObjectId id) {}
}
