package quayside.bench.capacity;

import java.util.ArrayList;
import java.util.List;

/**
 * What happens while Kafka or a sink's dependency is away, and until all is caught up: second by
 * second, with flows instead of single events. While Kafka is away callbacks go into the journals,
 * as far as they have room; as long as a journal holds anything new ones queue behind it, as the
 * service does it. What reaches Kafka is the lag of the sink, which an {@link Autoscaler} may give
 * more pods.
 *
 * @param rate uploads a second, all the time
 * @param kafkaAway how many seconds Kafka is away, from the start
 * @param sinkAway how many seconds the sink stands still, from the start
 * @param journalRoom events that all journals together can hold
 * @param drainRate events a second that all journals together give Kafka
 * @param sinkRate events a second that a pod of the sink works off
 * @param scaling how many pods the sink has, and may get
 */
record Outage(
    double rate,
    long kafkaAway,
    long sinkAway,
    double journalRoom,
    double drainRate,
    double sinkRate,
    Scaling scaling) {
  /** Longest time that is looked at: Kafka keeps events for a week. */
  private static final long HORIZON = 7 * 86_400;

  Outage {
    if (rate <= 0 || drainRate <= 0 || sinkRate <= 0 || journalRoom < 0) {
      throw new IllegalArgumentException("rates must be greater than 0");
    }
  }

  /**
   * How things stand at the end of a second.
   *
   * @param second since the start
   * @param journal events in all journals
   * @param failed callbacks answered 503 so far
   * @param lag events on Kafka that the sink has not applied
   * @param applied events the sink has applied so far
   * @param pods of the sink that work
   */
  record Moment(long second, double journal, double failed, double lag, double applied, int pods) {
    boolean isQuiet() {
      return journal == 0 && lag < 1e-6;
    }
  }

  /** All moments until everything is caught up, or a week is over. */
  List<Moment> run() {
    List<Moment> moments = new ArrayList<>();
    Autoscaler scaler = new Autoscaler(scaling);
    Moment now = new Moment(0, 0, 0, 0, 0, scaling.fewest());
    long outage = Math.max(kafkaAway, sinkAway);
    do {
      now = next(now, scaler);
      moments.add(now);
    } while (now.second() < HORIZON && (now.second() < outage || !now.isQuiet()));
    return moments;
  }

  private Moment next(Moment before, Autoscaler scaler) {
    long second = before.second() + 1;
    boolean kafka = second > kafkaAway;
    boolean journals = !kafka || before.journal() > 0;
    double drainable = kafka ? drainRate : 0;
    double kept = journals ? Math.min(rate, journalRoom - before.journal() + drainable) : 0;
    double waiting = before.journal() + kept;
    double drained = Math.min(waiting, drainable);
    double published = journals ? drained : rate;
    int pods = scaler.pods(second, before.lag());
    double waitingForSink = before.lag() + published;
    double applied = kafka && second > sinkAway ? Math.min(waitingForSink, pods * sinkRate) : 0;
    return new Moment(
        second,
        waiting - drained,
        before.failed() + (journals ? rate - kept : 0),
        waitingForSink - applied,
        before.applied() + applied,
        pods);
  }
}
