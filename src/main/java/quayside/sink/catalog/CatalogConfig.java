package quayside.sink.catalog;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import quayside.configuration.Checked;
import quayside.configuration.Problems;

/** The catalog sink. */
@ConfigMapping(prefix = "quayside.catalog")
public interface CatalogConfig extends Checked {

  /** Consumer group of the sink; part of the names of its dead letter topics. */
  @WithDefault("quayside-catalog")
  String group();

  /**
   * Two events of one object that name different versions are settled by a look at the bucket when
   * their sequences are not further apart than this: more than the clocks of two instances may
   * differ.
   */
  @WithDefault("5s")
  Duration conflictWindow();

  /** Whether every upload is looked at in its bucket: {@code none} or {@code head}. */
  @WithDefault("none")
  Confirmation confirm();

  /** Looks at the bucket at once. */
  @WithDefault("8")
  int settleParallelism();

  /** Longest pause before the queue of objects to be looked at is read again. */
  @WithDefault("1s")
  Duration settleInterval();

  /**
   * How long versions of objects are kept, and what is known of contradictions and comparisons that
   * are settled. Versions go by whole weeks.
   */
  @WithDefault("90D")
  Duration historyRetention();

  /** How long events are known by id: longer than Kafka keeps them. */
  @WithDefault("30D")
  Duration inboxRetention();

  /** How often what is older is deleted. */
  @WithDefault("10m")
  Duration cleanupInterval();

  @Override
  default void check(Problems problems) {
    String keys = "quayside.catalog.";
    problems.requireKafkaName(keys + "group", group(), "quayside-catalog");
    problems.require(
        !conflictWindow().isNegative(), keys + "conflict-window", "must not be negative", "5s");
    problems.requireAtLeast(1, keys + "settle-parallelism", settleParallelism(), "8");
    problems.requirePositive(keys + "settle-interval", settleInterval(), "1s");
    problems.requirePositive(keys + "history-retention", historyRetention(), "90D");
    problems.requirePositive(keys + "inbox-retention", inboxRetention(), "30D");
    problems.requirePositive(keys + "cleanup-interval", cleanupInterval(), "10m");
  }
}
