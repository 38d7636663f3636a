package quayside.sink.search;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import quayside.configuration.Checked;
import quayside.configuration.Problems;

/** The search sink and its API. */
@ConfigMapping(prefix = "quayside.search")
public interface SearchConfig extends Checked {

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

  @Override
  default void check(Problems problems) {
    String keys = "quayside.search.";
    problems.requireKafkaName(keys + "group", group(), "quayside-search");
    problems.requirePositive(keys + "timeout", timeout(), "2s");
    if (engine() == EngineChoice.OPENSEARCH) {
      opensearch().check(keys + "opensearch.", problems);
    }
  }

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

    /** Tells what is wrong. */
    default void check(String keys, Problems problems) {
      problems.attempt(() -> OpenSearchClient.requireUrl(url()));
      problems.require(
          username().isPresent() || password().isEmpty(),
          keys + "username",
          "must be set, since password is",
          "quayside");
      problems.require(
          password().isPresent() || username().isEmpty(),
          keys + "password",
          "must be set, since username is",
          "");
      problems.attempt(() -> OpenSearchSchema.requireName(index()));
      problems.requireAtLeast(1, keys + "shards", shards(), "1");
      problems.requireAtLeast(0, keys + "replicas", replicas(), "1");
      problems.requirePositive(keys + "refresh-interval", refreshInterval(), "500ms");
      problems.requirePositive(keys + "write-timeout", writeTimeout(), "60s");
    }
  }
}
