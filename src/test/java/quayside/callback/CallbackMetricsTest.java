package quayside.callback;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The time to answer is told apart by what was answered, in few buckets. */
class CallbackMetricsTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final CallbackMetrics metrics = new CallbackMetrics(registry);

  /** A body that is waited for until it is overdue must not spoil the times of good callbacks. */
  @ParameterizedTest
  @CsvSource({"200,accepted", "400,refused", "408,refused", "500,failed", "503,failed"})
  void answer_isTimedByItsOutcome(int status, String outcome) {
    metrics.answered(metrics.received(), status);

    assertThat(registry.find("quayside.callback.answer").timers())
        .allSatisfy(timer ->
            assertThat(timer.count())
                .isEqualTo(outcome.equals(timer.getId().getTag("outcome")) ? 1 : 0));
  }

  /** The objective, the publish timeout, the budget and the end of OSS' patience. */
  @Test
  void buckets_areFew_andHaveTheBoundsThatMatter() {
    Timer timer = registry.get("quayside.callback.answer").tag("outcome", "accepted").timer();

    assertThat(Arrays.stream(timer.takeSnapshot().histogramCounts()))
        .hasSizeLessThan(15)
        .extracting(bucket -> Duration.ofNanos((long) bucket.bucket()).toMillis())
        .contains(50L, 100L, 250L, 1_500L, 3_000L, 5_000L);
  }
}
