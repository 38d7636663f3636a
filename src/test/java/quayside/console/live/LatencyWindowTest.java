package quayside.console.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class LatencyWindowTest {
  private final SetClock clock = new SetClock();
  private final LatencyWindow window = new LatencyWindow(clock);

  @Test
  void percentiles_areOfWhatPassed() {
    for (long millis = 1; millis <= 1000; millis++) {
      window.record(millis);
    }
    clock.advance(Duration.ofSeconds(10));

    StageReading reading = window.read();

    assertThat(reading.ratePerSecond()).isEqualTo(100);
    assertThat(reading.p50Millis()).isCloseTo(500L, Percentage.withPercentage(1));
    assertThat(reading.p99Millis()).isCloseTo(990L, Percentage.withPercentage(1));
  }

  @Test
  void rate_isOfTheLastMinute() {
    for (int second = 0; second < 600; second++) {
      window.record(1L);
      window.record(1L);
      clock.advance(Duration.ofSeconds(1));
    }

    assertThat(window.read().ratePerSecond()).isEqualTo(2);
  }

  @Test
  void whatIsOlderThanAMinute_isForgotten() {
    window.record(5_000L);
    clock.advance(Duration.ofSeconds(61));
    window.record(3L);
    clock.advance(Duration.ofSeconds(1));

    assertThat(window.read().p99Millis()).isEqualTo(3);
    clock.advance(Duration.ofSeconds(61));
    assertThat(window.read()).isEqualTo(new StageReading(0.0, null, null));
  }

  @Test
  void unknownTimes_countForTheRateAlone() {
    window.record(null);
    clock.advance(Duration.ofSeconds(1));

    assertThat(window.read()).isEqualTo(new StageReading(1.0, null, null));
  }

  /** A journal that was drained after a day. */
  @Test
  void longTimes_countAsAnHour() {
    window.record(Duration.ofDays(1).toMillis());

    assertThat(window.read().p50Millis())
        .isCloseTo(Duration.ofHours(1).toMillis(), Percentage.withPercentage(1));
  }

  @Test
  void rateOfAMoment_isNotKnown() {
    window.record(1L);

    assertThat(window.read().ratePerSecond()).isNull();
  }
}
