package quayside.sink.catalog;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * The body of every refusal: RFC 9457 problem details and the stable reason.
 *
 * @param type always {@code about:blank}: the reason says which problem it is
 * @param title short text
 * @param status HTTP status
 * @param detail the rule that was not met
 * @param reason stable code, see {@link CatalogRefusal}
 */
@JsonPropertyOrder({"type", "title", "status", "detail", "reason"})
record CatalogProblem(String type, String title, int status, String detail, String reason) {
  static final String MEDIA_TYPE = "application/problem+json";

  static CatalogProblem of(CatalogRefusal refusal) {
    return new CatalogProblem(
        "about:blank", refusal.title(), refusal.status(), refusal.detail(), refusal.reason());
  }
}
