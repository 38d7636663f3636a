package quayside.bench.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import quayside.bench.capacity.Outage.Moment;

/** The simulation agrees with what can be computed by hand, and loses no event. */
class OutageTest {
  private static final double NO_LIMIT = 1e15;

  /** A step of the simulation, and one for what is left of an event at its end. */
  private static final Offset<Double> TWO_SECONDS = within(2.0);

  @Test
  void kafkaAway_fillsTheJournalsWithWhatArrives_andDrainsThemBesideIt() {
    double rate = 700;
    double drain = 5_000;
    long away = 1_800;
    OutageReport report =
        report(new Outage(rate, away, 0, NO_LIMIT, drain, 9_000, Scaling.fixed(1)));

    assertThat(report.peakJournal()).isEqualTo(rate * away);
    assertThat(report.failed()).isZero();
    assertThat(report.fullAfterSeconds()).isEmpty();
    // What arrives meanwhile queues behind what waits.
    assertThat((double) report.drainSeconds()).isCloseTo(rate * away / (drain - rate), TWO_SECONDS);
    // The sink is faster than the journals: nothing waits on Kafka.
    assertThat(report.peakLag()).isZero();
    assertThat(report.catchUpSeconds()).isEqualTo(report.drainSeconds());
  }

  @Test
  void fullJournals_refuseTheRest() {
    double rate = 1_000;
    double room = 600_000;
    OutageReport report = report(new Outage(rate, 900, 0, room, 20_000, 50_000, Scaling.fixed(1)));

    assertThat(report.peakJournal()).isEqualTo(room);
    assertThat(report.fullAfterSeconds()).hasValue(601L);
    assertThat(report.failed()).isEqualTo(rate * 900 - room);
  }

  @Test
  void sinkAway_catchesUpWithWhatItHasToSpare() {
    double rate = 400;
    double sink = 1_000;
    long away = 600;
    OutageReport report = report(new Outage(rate, 0, away, NO_LIMIT, 1, sink, Scaling.fixed(1)));

    assertThat(report.peakLag()).isEqualTo(rate * away);
    assertThat((double) report.catchUpSeconds())
        .isCloseTo(rate * away / (sink - rate), TWO_SECONDS);
  }

  /** Half busy in peace: it takes as long to catch up as it was away. */
  @Test
  void halfBusySink_catchesUpInTheTimeItWasAway() {
    OutageReport report = report(new Outage(500, 0, 300, NO_LIMIT, 1, 250, Scaling.fixed(4)));

    assertThat((double) report.catchUpSeconds()).isCloseTo(300, TWO_SECONDS);
  }

  /** Journals that are emptied faster than the sink can work make the lag. */
  @Test
  void kafkaAway_withASlowerSink_catchesUpAtItsPace() {
    double rate = 100;
    double drain = 10_000;
    double sink = 250;
    long away = 3_600;
    OutageReport report =
        report(new Outage(rate, away, 0, NO_LIMIT, drain, sink, Scaling.fixed(1)));

    double drainTime = rate * away / (drain - rate);
    assertThat(report.peakLag()).isCloseTo((drain - sink) * drainTime, within(drain));
    assertThat((double) report.catchUpSeconds())
        .isCloseTo(rate * away / (sink - rate), TWO_SECONDS);
  }

  @Test
  void sinkThatIsTooSlow_neverCatchesUp() {
    assertThat(report(new Outage(100, 0, 10, NO_LIMIT, 1, 90, Scaling.fixed(1))).toString())
        .contains("caught up, after the outage: not within a week");
  }

  @Test
  void morePods_comeWhenTheirTimeHasCome_andGoAgain() {
    Scaling scaling = new Scaling(2, 20, 1_000, 30, 45, 60);
    List<Moment> moments = new Outage(800, 0, 600, NO_LIMIT, 1, 500, scaling).run();

    // The first look sees a lag: four more, at most, after the time of a start.
    assertThat(pods(moments, 30 + 44)).isEqualTo(2);
    assertThat(pods(moments, 30 + 45)).isEqualTo(6);
    assertThat(pods(moments, 60 + 45)).isEqualTo(12);
    assertThat(pods(moments, 600)).isEqualTo(20);
    // 480,000 events, with 20 pods of 500 against 800: 53 seconds.
    assertThat(moments.getLast().second()).isBetween(652L, 655L);
  }

  @Test
  void autoscaler_takesPodsAwayWhenItHasBeenCalm() {
    Autoscaler scaler = new Autoscaler(new Scaling(1, 8, 100, 10, 5, 60));
    for (long second = 1; second <= 20; second++) {
      scaler.pods(second, 800);
    }
    assertThat(scaler.pods(21, 0)).isEqualTo(5);
    for (long second = 22; second <= 79; second++) {
      assertThat(scaler.pods(second, 0)).isGreaterThanOrEqualTo(5);
    }
    assertThat(scaler.pods(80, 0)).isEqualTo(1);
  }

  /** Every event is somewhere, at every moment. */
  @Test
  void everyEvent_failed_waitsOrIsApplied() {
    Outage outage =
        new Outage(333, 400, 700, 90_000, 2_000, 150, new Scaling(3, 9, 5_000, 15, 20, 120));

    assertThat(outage.run())
        .hasSizeGreaterThan(700)
        .allSatisfy(now ->
            assertThat(now.failed() + now.journal() + now.lag() + now.applied())
                .isCloseTo(333.0 * now.second(), within(1e-3)));
  }

  @Test
  void nonsense_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Outage(0, 1, 1, 1, 1, 1, Scaling.fixed(1)));
    assertThatIllegalArgumentException().isThrownBy(() -> new Scaling(3, 2, 1, 1, 1, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Scaling(1, 2, 0, 1, 1, 1));
  }

  private static int pods(List<Moment> moments, int second) {
    return moments.get(second - 1).pods();
  }

  private static OutageReport report(Outage outage) {
    return new OutageReport(outage, 1_000, 2);
  }
}
