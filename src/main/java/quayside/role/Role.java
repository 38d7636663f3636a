package quayside.role;

import java.util.Locale;
import java.util.Set;

/**
 * Something an instance can do, and what of the framework's it needs for that: channels by their
 * names, the database, paths of resources. Channels that do not exist, as in the ingress, are no
 * mistake.
 */
public enum Role {
  /** Callbacks: their paths, the journal, the producer. */
  CALLBACK(Set.of(), Set.of(), false),

  /** {@code POST /api/grants}. */
  GRANTS(Set.of(), Set.of(), false, "/api/grants"),

  /** The catalog: its consumers, settlement, cleanup, comparing buckets with it. */
  CATALOG(
      Set.of("catalog-uploaded", "catalog-thumbnailed", "catalog-deleted"),
      Set.of("dead-letter", "effect", "observed-uploaded", "observed-deleted"),
      true),

  /** Reading: {@code GET /api/...}; the console, which moves dead letters back. */
  API(
      Set.of(),
      Set.of("dead-letter"),
      true,
      "/api/dead-letters",
      "/api/events",
      "/api/explain",
      "/api/objects",
      "/api/operations",
      "/api/search",
      "/api/session",
      "/api/thumbnails"),

  /** The search index: its consumers, and making it anew. */
  SEARCH(
      Set.of("search-uploaded", "search-thumbnailed", "search-deleted"),
      Set.of("dead-letter", "effect"),
      true),

  /** Thumbnails: their consumers and workers, and making them anew. */
  THUMBNAIL(
      Set.of("thumbnail-uploaded"), Set.of("dead-letter", "effect", "object-thumbnailed"), false),

  /** The timeline: its consumer and cleanup. */
  TIMELINE(Set.of("timeline"), Set.of(), true),

  /** The topic with the state of every object. */
  STATE(Set.of("state", "state-retries"), Set.of(), true);

  /** Those of the ingress, which has no others. */
  public static final Set<Role> OF_THE_INGRESS = Set.of(CALLBACK, GRANTS);

  private final Set<String> incoming;
  private final Set<String> outgoing;
  private final boolean database;
  private final Set<String> paths;

  Role(Set<String> incoming, Set<String> outgoing, boolean database, String... paths) {
    this.incoming = incoming;
    this.outgoing = outgoing;
    this.database = database;
    this.paths = Set.of(paths);
  }

  /** As the configuration and logs name it. */
  public String tag() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Channels it consumes; nobody else does. */
  Set<String> incoming() {
    return incoming;
  }

  /** Channels it publishes on; others may, too. */
  Set<String> outgoing() {
    return outgoing;
  }

  /** Whether it has the resources of this path. */
  public boolean serves(String path) {
    return paths.stream().anyMatch(own -> path.equals(own) || path.startsWith(own + "/"));
  }

  /** Whether it needs PostgreSQL. */
  boolean needsDatabase() {
    return database;
  }
}
