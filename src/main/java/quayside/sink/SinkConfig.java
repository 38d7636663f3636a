package quayside.sink;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Set;
import quayside.configuration.Checked;
import quayside.configuration.Problems;

/** What all sinks share. */
@ConfigMapping(prefix = "quayside.sink")
public interface SinkConfig extends Checked {

  /**
   * First pause before a batch is tried again while a dependency is down; doubles each time, with
   * jitter.
   */
  @WithDefault("200ms")
  Duration retryDelay();

  /** Longest pause between two tries. */
  @WithDefault("30s")
  Duration maxRetryDelay();

  /** Single events that fail while others can be applied. */
  Retry retry();

  /** Whether sinks tell what events came to, for the timeline. */
  @WithDefault("${quayside.timeline.enabled:true}")
  boolean effects();

  /** How often the lag of the consumer groups is asked for. */
  @WithDefault("15s")
  Duration lagInterval();

  /** Consumer groups whose dead letters are shown and moved back, whichever of them run here. */
  @WithDefault(
      "${quayside.catalog.group:quayside-catalog},${quayside.search.group:quayside-search},"
          + "${quayside.thumbnail.group:quayside-thumbnail}")
  Set<String> groups();

  @Override
  default void check(Problems problems) {
    String keys = "quayside.sink.";
    problems.requirePositive(keys + "retry-delay", retryDelay(), "200ms");
    problems.require(
        maxRetryDelay().compareTo(retryDelay()) >= 0,
        keys + "max-retry-delay",
        "must not be less than retry-delay",
        "30s");
    problems.requirePositive(keys + "retry.first-delay", retry().firstDelay(), "5s");
    problems.require(
        retry().longestDelay().compareTo(retry().firstDelay()) >= 0,
        keys + "retry.longest-delay",
        "must not be less than retry.first-delay",
        "5m");
    problems.requireAtLeast(1, keys + "retry.attempts", retry().attempts(), "5");
    problems.requireAtLeast(1, keys + "retry.held", retry().held(), "1000");
    problems.requirePositive(keys + "lag-interval", lagInterval(), "15s");
    groups()
        .forEach(group -> problems.requireKafkaName(keys + "groups", group, "quayside-catalog"));
  }

  /** Tries of a single event, the later ones from the retry topic. */
  interface Retry {

    /** How often it is tried in all before it goes to the dead letter topic. */
    @WithDefault("5")
    int attempts();

    /** Delay before the second try; doubles each time, with jitter. */
    @WithDefault("5s")
    Duration firstDelay();

    /** Longest delay before a try. */
    @WithDefault("5m")
    Duration longestDelay();

    /** Records of a group that an instance holds while they are not due; more stay in Kafka. */
    @WithDefault("1000")
    int held();
  }
}
