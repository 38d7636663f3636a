package quayside.sink.search;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import quayside.sink.search.SearchQuery.Position;
import quayside.sink.search.SearchQuery.Variable;

/** A query for everything in a bucket; each method narrows it. */
final class QueryScenario {
  private final String bucket;
  private final List<Variable> variables = new ArrayList<>();
  private String text = "";
  private String prefix = "";
  private @Nullable MimeTypeRange mimeType;
  private @Nullable Instant from;
  private @Nullable Instant to;
  private int limit = SearchQuery.MAX_LIMIT;
  private @Nullable Position after;

  QueryScenario(String bucket) {
    this.bucket = bucket;
  }

  SearchQuery query() {
    return new SearchQuery(text, bucket, prefix, mimeType, from, to, variables, limit, after);
  }

  QueryScenario text(String typed) {
    text = typed;
    return this;
  }

  QueryScenario prefix(String beginning) {
    prefix = beginning;
    return this;
  }

  QueryScenario mimeType(String range) {
    mimeType = MimeTypeRange.parse(range).orElseThrow();
    return this;
  }

  QueryScenario from(Instant time) {
    from = time;
    return this;
  }

  QueryScenario to(Instant time) {
    to = time;
    return this;
  }

  QueryScenario variable(String name, String value) {
    variables.add(new Variable(name, value));
    return this;
  }

  QueryScenario limit(int hits) {
    limit = hits;
    return this;
  }

  QueryScenario after(@Nullable Position place) {
    after = place;
    return this;
  }
}
