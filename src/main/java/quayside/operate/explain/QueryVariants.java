package quayside.operate.explain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import quayside.signature.Bytes;
import quayside.signature.PercentCoding;

/**
 * The queries that OSS may have signed, given the one that arrived. Each value has its question
 * mark; empty is no query. Used by one thread.
 */
final class QueryVariants {
  private static final List<String> ORIGINAL_TARGET_HEADERS =
      List.of("x-original-uri", "x-original-url", "x-rewrite-url", "x-envoy-original-path");

  private final @Nullable String query;
  private final Variants variants;

  private QueryVariants(@Nullable String query) {
    this.query = query;
    // As the edge reads it: a bare question mark is no query.
    this.variants = new Variants(Bytes.utf8(query == null || query.isEmpty() ? "" : "?" + query));
  }

  static Variants of(Capture capture, Hints hints) {
    QueryVariants queries = new QueryVariants(capture.query());
    queries.hinted(capture, hints);
    queries.questionMark();
    if (queries.query != null && !queries.query.isEmpty()) {
      queries.reencoded(queries.query);
      queries.reencodedAsByOthers(queries.query);
      queries.parameters(queries.query);
    }
    return queries.variants;
  }

  private void hinted(Capture capture, Hints hints) {
    for (String hint : hints.queries()) {
      String asked = hint.startsWith("?") ? hint.substring(1) : hint;
      add(changed(asked), asked, "OSS sent the query " + asked + ", as you said");
    }
    for (String header : ORIGINAL_TARGET_HEADERS) {
      for (String target : capture.all(header)) {
        int start = target.indexOf('?');
        if (start >= 0) {
          String original = target.substring(start + 1);
          add(
              changed(original),
              original,
              "OSS sent the query " + original + ", as " + header + " says");
        }
      }
    }
  }

  private Accident changed(String original) {
    if (query == null || query.isEmpty()) {
      return Accident.QUERY_DROPPED;
    }
    boolean reordered = sorted(original).equals(sorted(query));
    return reordered ? Accident.QUERY_REORDERED : Accident.QUERY_REENCODED;
  }

  private static List<String> sorted(String query) {
    return Arrays.stream(query.split("&", -1)).sorted().toList();
  }

  private void questionMark() {
    if (query == null || query.isEmpty()) {
      add(
          Accident.QUESTION_MARK_MISSING,
          "",
          "OSS signed a question mark without a query, which the edge takes for no query");
      return;
    }
    variants.add(
        Bytes.EMPTY,
        new Change(Accident.QUERY_ADDED, "OSS sent no query; " + query + " was added"));
    if (query.startsWith("?")) {
      add(
          Accident.QUESTION_MARK_EXTRA,
          query.substring(1),
          "OSS sent one question mark, two arrived");
    }
    add(Accident.QUESTION_MARK_MISSING, "?" + query, "OSS sent two question marks, one arrived");
    add(Accident.HTML_ESCAPED, query.replace("&amp;", "&"), "OSS sent & where &amp; arrived");
    int fragment = query.indexOf('#');
    if (fragment >= 0) {
      add(Accident.QUERY_PARAMETER_ADDED, query.substring(0, fragment), "a #fragment was added");
    }
  }

  private void reencoded(String received) {
    String decoded = PercentCoding.formDecode(received.replace("+", "%2B"));
    add(
        Accident.QUERY_REENCODED,
        decoded,
        "the query was escaped on its way; OSS sent it unescaped");
    add(
        Accident.QUERY_REENCODED,
        PercentCoding.formDecode(received),
        "OSS sent the query unescaped");
    add(
        Accident.QUERY_DECODED,
        received.replace(" ", "+"),
        "OSS sent a plus where a space arrived");
    add(Accident.QUERY_DECODED, received.replace(" ", "%20"), "OSS sent %20 where a space arrived");
    add(
        Accident.QUERY_REENCODED,
        received.replace("+", "%20"),
        "OSS sent %20 where a plus arrived");
    add(
        Accident.QUERY_REENCODED,
        received.replace("%20", "+"),
        "OSS sent a plus where %20 arrived");
    add(
        Accident.QUERY_REENCODED,
        received.replace("=&", "&").replaceAll("=$", ""),
        "OSS sent empty values without =");
    add(Accident.QUERY_REENCODED, received.replace("&", ";"), "OSS sent ; between the parameters");
    add(Accident.QUERY_REENCODED, received + "&", "OSS sent an & at the end");
  }

  private void reencodedAsByOthers(String received) {
    for (Encoding encoding : Encoding.ALL) {
      String who = ", written as by " + encoding.user();
      add(
          Accident.QUERY_DECODED,
          each(received, encoding::encode),
          "OSS sent the query escaped" + who);
      add(
          Accident.QUERY_REENCODED,
          each(
              received,
              value -> {
                String plain = PercentCoding.formDecode(value);
                return encoding.encode(plain == null ? value : plain);
              }),
          "OSS sent the same query escaped otherwise" + who);
    }
  }

  private void parameters(String received) {
    List<String> parameters = List.of(received.split("&", -1));
    for (int i = 0; i < parameters.size() && i < 50; i++) {
      List<String> fewer = new ArrayList<>(parameters);
      String added = fewer.remove(i);
      add(
          Accident.QUERY_PARAMETER_ADDED,
          String.join("&", fewer),
          "the parameter " + added + " was added");
      List<String> first = parameters.subList(0, i + 1);
      add(
          Accident.QUERY_PARAMETER_ADDED,
          String.join("&", first),
          "all after " + parameters.get(i) + " was added");
    }
    for (List<String> order : Orders.of(parameters, parameter -> parameter, List.of())) {
      String reordered = String.join("&", order);
      add(Accident.QUERY_REORDERED, reordered, "OSS sent the parameters in the order " + reordered);
    }
  }

  private void add(Accident accident, @Nullable String raw, String detail) {
    variants.add(raw == null ? null : Bytes.utf8("?" + raw), new Change(accident, detail));
  }

  // Names and values, with the signs between them as they are.
  private static String each(String query, UnaryOperator<String> encode) {
    return String.join(
        "&",
        Arrays.stream(query.split("&", -1))
            .map(parameter -> {
              int equals = parameter.indexOf('=');
              return equals < 0
                  ? encode.apply(parameter)
                  : encode.apply(parameter.substring(0, equals))
                      + "="
                      + encode.apply(parameter.substring(equals + 1));
            })
            .toList());
  }
}
