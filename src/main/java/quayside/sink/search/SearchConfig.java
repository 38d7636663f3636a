package quayside.sink.search;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** The search sink and its API. */
@ConfigMapping(prefix = "quayside.search")
interface SearchConfig {

  /** Consumer group of the sink; part of the names of its dead letter topics. */
  @WithDefault("quayside-search")
  String group();

  /** Longest time one search may take in the engine; then the answer is {@code search-timeout}. */
  @WithDefault("2s")
  Duration timeout();

  /** {@code postgres}, which needs nothing more, or {@code opensearch}, for very many objects. */
  @WithDefault("postgres")
  EngineChoice engine();

  /** The OpenSearch cluster, when it is the engine. */
  OpenSearch opensearch();

  /** Which engine finds objects. */
  enum EngineChoice {
    POSTGRES,
    OPENSEARCH
  }

  /** An OpenSearch cluster, 2.15 or later. */
  interface OpenSearch {

    /** Its address, {@code http} or {@code https}. */
    @WithDefault("http://127.0.0.1:9200")
    URI url();

    /** User name for basic authentication; none without. */
    Optional<String> username();

    /** Password of {@link #username()}. */
    Optional<String> password();

    /** First part of the names of indexes and aliases. */
    @WithDefault("quayside")
    String index();

    /** Primary shards of an index when it is made. */
    @WithDefault("1")
    int shards();

    /** Copies of each shard when an index is made; a single node has no place for any. */
    @WithDefault("1")
    int replicas();

    /** How often what was written becomes findable, when an index is made. */
    @WithDefault("500ms")
    Duration refreshInterval();

    /** Longest time one bulk request may take. */
    @WithDefault("60s")
    Duration writeTimeout();
  }
}
