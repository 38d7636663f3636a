package quayside.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** What all requests together may occupy. */
class InFlightTest {
  @Test
  void requestBeyondTheLast_isRefusedUntilOneLeaves() throws CallbackRefusedException {
    InFlight inFlight = new InFlight(1, 100);
    InFlight.Share first = inFlight.begin();
    InFlight.Share second = inFlight.begin();
    first.enter();

    assertThat(inFlight.hasPlace()).isFalse();
    assertThatThrownBy(second::enter).hasMessage("overloaded");
    first.leave();
    second.enter();

    assertThat(inFlight.requests()).isEqualTo(1);
  }

  @Test
  void bytesBeyondTheBound_areRefusedAndNotKept() throws CallbackRefusedException {
    InFlight inFlight = new InFlight(10, 100);
    InFlight.Share first = inFlight.begin();
    first.hold(60);
    first.hold(40);

    assertThatThrownBy(() -> inFlight.begin().hold(1)).hasMessage("overloaded");

    assertThat(inFlight.bytes()).isEqualTo(100);
  }

  /** A share that leaks is an ingress that refuses everything after a while. */
  @Test
  void leavingTwice_givesBackOnce() throws CallbackRefusedException {
    InFlight inFlight = new InFlight(10, 100);
    InFlight.Share share = inFlight.begin();
    share.hold(60);
    share.enter();

    share.leave();
    share.leave();
    inFlight.begin().leave();

    assertThat(inFlight.bytes()).isZero();
    assertThat(inFlight.requests()).isZero();
  }

  /** Slow bodies must not shut anybody out. */
  @Test
  void requestBeingRead_takesNoPlace() throws CallbackRefusedException {
    InFlight inFlight = new InFlight(1, 100);

    inFlight.begin().hold(10);

    assertThat(inFlight.hasPlace()).isTrue();
  }
}
