package quayside.bench.capacity;

/** What the model of an outage says of a sink, for a benchmark that tries it. */
public final class CatchUp {
  private CatchUp() {}

  /**
   * Seconds until a sink has caught up.
   *
   * @param rate events a second, all the time
   * @param capacity events a second that the sink works off
   * @param away seconds it stood still
   */
  public static long seconds(double rate, double capacity, long away) {
    Outage outage = new Outage(rate, 0, away, 0, 1, capacity, Scaling.fixed(1));
    return new OutageReport(outage, 0, 1).catchUpSeconds();
  }
}
