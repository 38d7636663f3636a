package quayside.console.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import quayside.console.live.SetClock;
import quayside.console.operations.Operations.CallbackCounts;

class ConservationCheckTest {
  private final SetClock clock = new SetClock();
  private final ConservationCheck check = new ConservationCheck(clock);

  @Test
  void callbacksInProgress_areOpenAndBalanced() {
    assertThat(at(0, 100, 3).balanced()).isTrue();
    assertThat(at(6, 200, 4).balanced()).isTrue();
    assertThat(at(12, 300, 5).open()).isEqualTo(5);
    assertThat(at(13, 310, 5).balanced()).isTrue();
  }

  @Test
  void callbackNothingIsKnownOf_isFoundOnceItShouldBeAnswered() {
    at(0, 100, 1);
    at(6, 100, 1);
    assertThat(at(8, 100, 1).balanced()).isTrue();

    assertThat(at(12, 100, 1).balanced()).isFalse();
    assertThat(at(18, 100, 0).balanced()).isTrue();
  }

  private long seconds;

  private Operations.Conservation at(long second, long received, long open) {
    clock.advance(Duration.ofSeconds(second - seconds));
    seconds = second;
    return check.check(new CallbackCounts(received, received - open, 0, 0, 0, open));
  }
}
