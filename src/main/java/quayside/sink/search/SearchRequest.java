package quayside.sink.search;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import quayside.sink.search.SearchQuery.Variable;

/**
 * The query parameters of a search, read strictly: what is misspelt, doubled or malformed is
 * refused rather than ignored. A parameter with an empty value counts as absent, as forms send
 * them.
 */
final class SearchRequest {
  /** Longest {@code q}, in characters: more than any file name. */
  static final int MAX_TEXT = 256;

  /**
   * Longest other parameter: a key has at most 1,023 bytes, a cursor holds one in base64 of JSON.
   */
  static final int MAX_VALUE = 4_096;

  /** Most custom variables. */
  static final int MAX_VARIABLES = 8;

  private static final int DEFAULT_LIMIT = 20;
  private static final String VARIABLE = "var.";
  private static final Set<String> NAMES =
      Set.of("q", "bucket", "prefix", "mimeType", "from", "to", "limit", "cursor");

  private final Map<String, List<String>> parameters;

  private SearchRequest(Map<String, List<String>> parameters) {
    this.parameters = parameters;
  }

  /**
   * Reads decoded parameters.
   *
   * @throws SearchRequestException with the refusal of the first that is wrong
   */
  static SearchQuery parse(Map<String, List<String>> parameters) {
    parameters.forEach(SearchRequest::check);
    return new SearchRequest(parameters).query();
  }

  private static void check(String name, List<String> values) {
    boolean variable = name.startsWith(VARIABLE);
    require(variable || NAMES.contains(name), SearchRefusal.UNKNOWN_PARAMETER);
    require(variable || values.size() == 1, SearchRefusal.REPEATED_PARAMETER);
    require(name.length() <= MAX_VALUE, SearchRefusal.PARAMETER_TOO_LONG);
    require(Unindexable.isStorable(name), SearchRefusal.BAD_TEXT);
    for (String value : values) {
      require(value.length() <= MAX_VALUE, SearchRefusal.PARAMETER_TOO_LONG);
      require(Unindexable.isStorable(value), SearchRefusal.BAD_TEXT);
    }
  }

  private SearchQuery query() {
    Instant from = time(value("from"));
    Instant to = time(value("to"));
    require(from == null || to == null || from.isBefore(to), SearchRefusal.BAD_TIME_RANGE);
    return new SearchQuery(
        text(),
        value("bucket"),
        orEmpty(value("prefix")),
        mimeType(),
        from,
        to,
        variables(),
        limit(),
        after());
  }

  private @Nullable String value(String name) {
    String value = parameters.getOrDefault(name, List.of("")).getFirst();
    return value.isEmpty() ? null : value;
  }

  private String text() {
    String text = orEmpty(value("q"));
    require(text.codePointCount(0, text.length()) <= MAX_TEXT, SearchRefusal.QUERY_TOO_LONG);
    return text;
  }

  private @Nullable MimeTypeRange mimeType() {
    String text = value("mimeType");
    return text == null
        ? null
        : MimeTypeRange.parse(text).orElseThrow(() -> refused(SearchRefusal.BAD_MIME_TYPE));
  }

  private static @Nullable Instant time(@Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      Instant time = OffsetDateTime.parse(text).toInstant();
      require(Unindexable.isStorable(time), SearchRefusal.BAD_TIME);
      return time;
    } catch (DateTimeException e) {
      throw refused(SearchRefusal.BAD_TIME);
    }
  }

  private List<Variable> variables() {
    List<Variable> variables = new ArrayList<>();
    parameters.forEach((name, values) -> {
      if (name.startsWith(VARIABLE)) {
        String variable = name.substring(VARIABLE.length());
        require(!variable.isEmpty(), SearchRefusal.BAD_VARIABLE);
        values.forEach(value -> variables.add(new Variable(variable, value)));
      }
    });
    require(variables.size() <= MAX_VARIABLES, SearchRefusal.BAD_VARIABLE);
    return variables;
  }

  private int limit() {
    String text = value("limit");
    if (text == null) {
      return DEFAULT_LIMIT;
    }
    try {
      int limit = Integer.parseInt(text);
      require(limit >= 1 && limit <= SearchQuery.MAX_LIMIT, SearchRefusal.BAD_LIMIT);
      return limit;
    } catch (NumberFormatException e) {
      throw refused(SearchRefusal.BAD_LIMIT);
    }
  }

  private SearchQuery.@Nullable Position after() {
    String text = value("cursor");
    return text == null
        ? null
        : SearchCursor.parse(text).orElseThrow(() -> refused(SearchRefusal.BAD_CURSOR));
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static void require(boolean met, SearchRefusal otherwise) {
    if (!met) {
      throw refused(otherwise);
    }
  }

  private static SearchRequestException refused(SearchRefusal refusal) {
    return new SearchRequestException(refusal);
  }
}
