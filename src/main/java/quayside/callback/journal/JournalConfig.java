package quayside.callback.journal;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import quayside.configuration.Checked;
import quayside.configuration.Problems;

/** The journal of the ingress: what Kafka does not take in time is kept here until it does. */
@ConfigMapping(prefix = "quayside.journal")
public interface JournalConfig extends Checked {

  /** Without it a callback is answered 503, and its upload unknown, while Kafka is away. */
  @WithDefault("true")
  boolean enabled();

  /** A directory of this instance alone, on a disk that survives it. */
  @WithDefault("/var/lib/quayside/journal")
  Path directory();

  /**
   * Time of a callback's budget that Kafka leaves to the disk; when the budget is over the answer
   * is 503.
   */
  @WithDefault("500MS")
  Duration appendTimeout();

  /** All segments together; at most this much of an outage is covered. */
  @WithDefault("1G")
  MemorySize maxSize();

  /** Size at which a new segment is begun. */
  @WithDefault("64M")
  MemorySize segmentSize();

  /** When the oldest event waits longer, new ones are refused: a human must look. */
  @WithDefault("3D")
  Duration maxAge();

  @Override
  default void check(Problems problems) {
    if (!enabled()) {
      return;
    }
    String keys = "quayside.journal.";
    problems.requirePositive(keys + "append-timeout", appendTimeout(), "500MS");
    problems.requirePositive(keys + "max-age", maxAge(), "3D");
    problems.requireAtLeast(1, keys + "segment-size", segmentSize().asLongValue(), "64M");
    problems.require(
        maxSize().asLongValue() >= 2 * segmentSize().asLongValue(),
        keys + "max-size",
        "must hold two segments of " + segmentSize().asLongValue() + " bytes",
        "1G");
  }

  /** These limits; the others as {@link JournalLimits#DEFAULT} has them. */
  default JournalLimits limits() {
    JournalLimits others = JournalLimits.DEFAULT;
    return new JournalLimits(
        others.maxRecordBytes(),
        segmentSize().asLongValue(),
        maxSize().asLongValue(),
        maxAge(),
        others.maxWaitingRecords(),
        others.maxWaitingBytes(),
        others.minFreeBytes());
  }
}
