package quayside.bench.capacity;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import quayside.bench.capacity.Outage.Moment;

/** What an outage came to, in words and as a table. */
final class OutageReport {
  private static final int ROWS = 10;

  private final Outage outage;
  private final double eventBytes;
  private final int instances;
  private final List<Moment> moments;

  /**
   * A report.
   *
   * @param instances of the ingress, each with a journal
   */
  OutageReport(Outage outage, double eventBytes, int instances) {
    this.outage = outage;
    this.eventBytes = eventBytes;
    this.instances = instances;
    this.moments = outage.run();
  }

  double peakJournal() {
    return most(Moment::journal);
  }

  double peakLag() {
    return most(Moment::lag);
  }

  double failed() {
    return moments.getLast().failed();
  }

  /** Seconds from the return of Kafka until the journals are empty. */
  long drainSeconds() {
    return secondsAfter(outage.kafkaAway(), moment -> moment.journal() > 0);
  }

  /** Seconds from the end of the outage until the sink has caught up. */
  long catchUpSeconds() {
    return secondsAfter(
        Math.max(outage.kafkaAway(), outage.sinkAway()), moment -> !moment.isQuiet());
  }

  /** When journals were full for the first time. */
  Optional<Long> fullAfterSeconds() {
    return moments.stream().filter(moment -> moment.failed() > 0).map(Moment::second).findFirst();
  }

  private double most(ToDoubleFunction<Moment> of) {
    return moments.stream().mapToDouble(of).max().orElse(0);
  }

  // After the last moment at which it was still so.
  private long secondsAfter(long end, Predicate<Moment> still) {
    long last = moments.stream().filter(still).mapToLong(Moment::second).max().orElse(end);
    return Math.max(0, last - end);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    line(text, "journal of an instance, at most", CapacityTable.bytes(journalBytes(peakJournal())));
    line(
        text,
        "journals are full after",
        fullAfterSeconds().map(OutageReport::time).orElse("never"));
    line(text, "callbacks that fail", number(failed()));
    line(text, "journals are empty, after Kafka's return", time(drainSeconds()));
    line(text, "lag, at most", number(peakLag()));
    line(text, "pods, at most", number(most(Moment::pods)));
    line(
        text,
        "caught up, after the outage",
        moments.getLast().isQuiet() ? time(catchUpSeconds()) : "not within a week");
    text.append("\n| time | in journals | journal of an instance | failed | lag | pods |\n")
        .append("|---:|---:|---:|---:|---:|---:|\n");
    moments.stream().filter(this::isShown).forEach(moment -> row(text, moment));
    return text.toString();
  }

  // As many rows for the outage as for what comes after it.
  private boolean isShown(Moment moment) {
    long outageEnd = Math.max(outage.kafkaAway(), outage.sinkAway());
    long end = moments.getLast().second();
    boolean during = moment.second() <= outageEnd;
    long passed = during ? moment.second() : moment.second() - outageEnd;
    long step = Math.max(1, (during ? outageEnd : end - outageEnd) / ROWS);
    return passed % step == 0 || moment.second() == outageEnd || moment.second() == end;
  }

  private void row(StringBuilder text, Moment moment) {
    text.append(
        "| %s | %s | %s | %s | %s | %d |\n"
            .formatted(
                time(moment.second()),
                number(moment.journal()),
                CapacityTable.bytes(journalBytes(moment.journal())),
                number(moment.failed()),
                number(moment.lag()),
                moment.pods()));
  }

  private double journalBytes(double events) {
    return events * eventBytes / instances;
  }

  private static void line(StringBuilder text, String what, String value) {
    text.append("- %s: %s\n".formatted(what, value));
  }

  private static String number(double number) {
    return String.format(Locale.ROOT, "%,.0f", number);
  }

  private static String time(long seconds) {
    return "%d:%02d:%02d".formatted(seconds / 3600, seconds / 60 % 60, seconds % 60);
  }
}
