package quayside.sink.search;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A page of hits. There is no total: counting every match costs more than finding a page of them.
 *
 * @param hits newest upload first
 * @param nextCursor what to send as {@code cursor} for the next page, or null when this is the last
 */
@Schema(description = "A page of hits, newest upload first; there is no total")
@JsonPropertyOrder({"hits", "nextCursor"})
record SearchAnswer(
    List<SearchHit> hits,
    @Nullable @Schema(description = "The cursor of the next page; null when this is the last")
        String nextCursor) {

  static SearchAnswer of(SearchPage page) {
    return new SearchAnswer(
        page.hits(), page.next() == null ? null : SearchCursor.text(page.next()));
  }
}
