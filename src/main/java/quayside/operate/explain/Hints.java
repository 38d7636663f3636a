package quayside.operate.explain;

import java.util.List;
import quayside.signature.Bytes;

/**
 * What the one who asks knows about the request that OSS sent. Each is tried, none is believed.
 *
 * @param prefixes path prefixes that a proxy may have stripped
 * @param paths whole paths
 * @param queries whole raw queries, without the question mark
 * @param bodies whole bodies
 * @param fieldOrders orders of body fields
 */
record Hints(
    List<String> prefixes,
    List<String> paths,
    List<String> queries,
    List<Bytes> bodies,
    List<List<String>> fieldOrders) {
  static final Hints NONE = new Hints(List.of(), List.of(), List.of(), List.of(), List.of());

  Hints {
    prefixes = bounded(prefixes);
    paths = bounded(paths);
    queries = bounded(queries);
    bodies = bounded(bodies);
    fieldOrders = bounded(fieldOrders);
  }

  private static <T> List<T> bounded(List<T> hints) {
    return List.copyOf(hints.subList(0, Math.min(hints.size(), ExplainLimits.HINTS)));
  }
}
