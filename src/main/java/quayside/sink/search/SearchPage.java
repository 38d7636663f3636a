package quayside.sink.search;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of results, newest upload first.
 *
 * @param hits at most {@code limit}
 * @param next where the next page starts, or null when this is the last
 */
record SearchPage(List<SearchHit> hits, SearchQuery.@Nullable Position next) {

  SearchPage {
    hits = List.copyOf(hits);
  }
}
