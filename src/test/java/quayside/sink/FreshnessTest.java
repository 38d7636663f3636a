package quayside.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import quayside.event.CloudEvent;
import quayside.event.ObjectUploaded;

/** Freshness is since what the sink says, and falls into the buckets that are asked for. */
class FreshnessTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final Freshness freshness =
      new Freshness(registry, "test.freshness", "For a test", "uploaded");
  private final CloudEvent<ObjectUploaded> event =
      BatchConsumerTest.UploadedEvents.numbered(1).getFirst();

  @Test
  void meter_isThereFromTheStart() {
    assertThat(timer().count()).isZero();
  }

  @Test
  void time_isSinceWhatTheSinkSays() {
    freshness.applied("uploaded", event, received(), received().plusMillis(300));

    assertThat(timer().count()).isEqualTo(1);
    assertThat(timer().totalTime(TimeUnit.MILLISECONDS)).isCloseTo(300, within(0.001));
  }

  /**
   * An event that is just in time counts as in time; a histogram without these bounds could not.
   */
  @Test
  void objectives_areBoundsOfBuckets() {
    for (Duration objective : new Duration[] {Duration.ofMillis(1_500), Duration.ofSeconds(2)}) {
      double before = countWithin(objective);
      freshness.applied("uploaded", event, received(), received().plus(objective));
      freshness.applied("uploaded", event, received(), received().plus(objective).plusMillis(1));
      assertThat(countWithin(objective) - before).as("within %s", objective).isEqualTo(1);
    }
  }

  private double countWithin(Duration bound) {
    return Arrays.stream(timer().takeSnapshot().histogramCounts())
        .filter(bucket -> bucket.bucket() == bound.toNanos())
        .mapToDouble(CountAtBucket::count)
        .findFirst()
        .orElseThrow();
  }

  private Instant received() {
    return event.recordedTime();
  }

  private Timer timer() {
    return registry
        .get("test.freshness")
        .tags("type", "uploaded", "ingestpath", "callback")
        .timer();
  }
}
