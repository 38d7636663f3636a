package quayside.operate.explain;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.crypto.digests.MD5Digest;
import org.jspecify.annotations.Nullable;
import quayside.signature.Bytes;

/**
 * Looks for the string to sign whose MD5 is the one that OSS signed: first with one part changed,
 * then with two. Bounded by the bytes it hashes. Used by one thread, once.
 */
final class Search {
  private static final Bytes LINE_FEED = Bytes.utf8("\n");

  private final Bytes digest;
  private final Variants paths;
  private final Variants queries;
  private final Variants bodies;
  private long hashed;
  private int candidates;
  private @Nullable Match match;

  /** A search for this MD5 among versions of the parts. */
  Search(Bytes digest, Variants paths, Variants queries, Variants bodies) {
    this.digest = digest;
    this.paths = paths;
    this.queries = queries;
    this.bodies = bodies;
  }

  /**
   * The string that OSS signed, and the accidents that made another one of it.
   *
   * @param changes empty when what was received is what OSS signed
   */
  record Match(Bytes stringToSign, List<Change> changes) {}

  Optional<Match> run() {
    List<Variant> path = paths.all();
    List<Variant> query = queries.all();
    List<Variant> body = bodies.all();
    combine(path, first(query), first(body));
    combine(first(path), query, first(body));
    combine(first(path), first(query), body);
    combine(likely(path), likely(query), first(body));
    combine(likely(path), first(query), likely(body));
    combine(first(path), likely(query), likely(body));
    return Optional.ofNullable(match);
  }

  /** How many strings to sign were hashed. */
  int candidates() {
    return candidates;
  }

  /** Whether the bounds ended the search before its end. */
  boolean isCut() {
    return match == null
        && (hashed > ExplainLimits.HASHED_BYTES
            || paths.isFull()
            || queries.isFull()
            || bodies.isFull());
  }

  /** The accidents that were looked for. */
  Set<Accident> tried() {
    Set<Accident> tried = EnumSet.noneOf(Accident.class);
    tried.addAll(paths.tried());
    tried.addAll(queries.tried());
    tried.addAll(bodies.tried());
    return tried;
  }

  private static List<Variant> first(List<Variant> variants) {
    return variants.subList(0, 1);
  }

  private static List<Variant> likely(List<Variant> variants) {
    return variants.subList(0, Math.min(variants.size(), ExplainLimits.PAIRED_VARIANTS));
  }

  private void combine(List<Variant> path, List<Variant> query, List<Variant> body) {
    for (Variant b : body) {
      byte[] bodyBytes = b.value().toArray();
      for (Variant p : path) {
        for (Variant q : query) {
          if (match != null || hashed > ExplainLimits.HASHED_BYTES) {
            return;
          }
          byte[] head = Bytes.join(p.value(), q.value(), LINE_FEED).toArray();
          if (hash(head, bodyBytes).equals(digest)) {
            match = match(p, q, b);
          }
        }
      }
    }
  }

  private Bytes hash(byte[] head, byte[] body) {
    candidates++;
    hashed += head.length + body.length;
    return md5(head, body);
  }

  private static Match match(Variant path, Variant query, Variant body) {
    List<Change> changes = new ArrayList<>(path.changes());
    changes.addAll(query.changes());
    changes.addAll(body.changes());
    return new Match(Bytes.join(path.value(), query.value(), LINE_FEED, body.value()), changes);
  }

  /** The MD5 as OSS computes it; not the JDK's, which security policies may take away. */
  static Bytes md5(Bytes text) {
    return md5(text.toArray());
  }

  private static Bytes md5(byte[]... parts) {
    MD5Digest md5 = new MD5Digest();
    for (byte[] part : parts) {
      md5.update(part, 0, part.length);
    }
    byte[] hash = new byte[md5.getDigestSize()];
    md5.doFinal(hash, 0);
    return Bytes.copyOf(hash);
  }
}
