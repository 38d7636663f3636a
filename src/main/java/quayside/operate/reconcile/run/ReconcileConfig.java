package quayside.operate.reconcile.run;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import quayside.configuration.Checked;
import quayside.configuration.Problems;

/** Comparing buckets with the catalog. */
@ConfigMapping(prefix = "quayside.reconcile")
interface ReconcileConfig extends Checked {

  /** When to compare by itself: a cron expression with seconds, or {@code off}. */
  @WithDefault("off")
  String schedule();

  /** Buckets to compare by schedule. */
  Optional<List<String>> buckets();

  /** Differences repaired per second at most, where the command does not say. */
  @WithDefault("50")
  int rate();

  /** Differences repaired at once. */
  @WithDefault("8")
  int parallelism();

  /**
   * Younger objects are left alone: their callback, or its way through the sinks, may not be over.
   */
  @WithDefault("2m")
  Duration grace();

  /** Prefixes of keys that are no uploads; by default where the thumbnails are. */
  @WithDefault("${quayside.thumbnail.prefix:thumbnails/}")
  List<String> excludedPrefixes();

  /** Differences shown in full, the first ones. */
  @WithDefault("20")
  int samples();

  /** Where inventories may be read from this machine's disk; absent, nowhere. */
  Optional<Path> inventoryDirectory();

  @Override
  default void check(Problems problems) {
    String keys = "quayside.reconcile.";
    problems.attempt(keys + "schedule", "0 0 3 * * ?", () -> ReconcileSchedule.parse(schedule()));
    problems.requireAtLeast(1, keys + "rate", rate(), "50");
    problems.requireAtLeast(1, keys + "parallelism", parallelism(), "8");
    problems.requireAtLeast(0, keys + "samples", samples(), "20");
    problems.require(!grace().isNegative(), keys + "grace", "must not be negative", "2m");
  }
}
