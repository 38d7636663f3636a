package quayside.callback;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** The fence of every sink. */
class SequenceGeneratorTest {

  @Test
  void manyThreads_neverGetOneValueTwice() {
    SequenceGenerator sequence = new SequenceGenerator(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
    Set<Long> values = ConcurrentHashMap.newKeySet();

    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (int thread = 0; thread < 4; thread++) {
        threads.execute(() -> {
          long previous = -1;
          for (int i = 0; i < 5_000; i++) {
            long value = sequence.next();
            assertThat(value).isGreaterThan(previous);
            values.add(value);
            previous = value;
          }
        });
      }
    }

    assertThat(values).hasSize(20_000);
  }

  /** Clocks are set back. */
  @Test
  void clockThatStepsBack_doesNotTakeTheSequenceAlong() {
    Instant[] times = {
      Instant.ofEpochSecond(10), Instant.ofEpochSecond(5), Instant.ofEpochSecond(11)
    };
    int[] calls = {0};
    Clock clock =
        new Clock() {
          @Override
          public ZoneOffset getZone() {
            return ZoneOffset.UTC;
          }

          @Override
          public Clock withZone(ZoneId zone) {
            return this;
          }

          @Override
          public Instant instant() {
            return times[calls[0]++];
          }
        };
    SequenceGenerator sequence = new SequenceGenerator(clock);

    assertThat(new long[] {sequence.next(), sequence.next(), sequence.next()})
        .containsExactly(10_000_000, 10_000_001, 11_000_000);
  }
}
