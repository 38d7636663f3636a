package quayside.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import quayside.bench.load.Uploads;

/**
 * A topic that one program works off, a load at a time; what of it a second, and what it cost the
 * program and the database. Used by one thread.
 */
final class Backlog implements AutoCloseable {
  private final Stack stack;
  private final String topic;
  private final String group;
  private final ProcessTree program;
  private final Uploads uploads;
  private final Groups groups;
  private final List<Double> rates = new ArrayList<>();
  private final List<Double> costs = new ArrayList<>();
  private long published;

  /**
   * A backlog.
   *
   * @param group consumer group of the program
   * @param program process id
   */
  Backlog(Stack stack, String topic, String group, long program) {
    this.stack = stack;
    this.topic = topic;
    this.group = group;
    this.program = ProcessTree.of(program);
    this.uploads = new Uploads(stack.kafka(), topic);
    this.groups = new Groups(stack.kafka());
  }

  /**
   * Publishes events and waits until they are worked off. Those that are done while the others are
   * published count for the cost, not for the rate.
   */
  void work(int count) throws IOException, InterruptedException {
    double before = cpuMicros();
    uploads.publishDocuments(published, count);
    published += count;
    rates.add(groups.rate(group, topic, published));
    costs.add((cpuMicros() - before) / count);
  }

  /** Forgets what was measured so far: it was for the compilers. */
  void forget() {
    rates.clear();
    costs.clear();
  }

  /** Events a second, the median. */
  double rate() {
    return Parts.median(rates);
  }

  /** Processor time of an event, in microseconds, program and PostgreSQL; the median. */
  double cost() {
    return Parts.median(costs);
  }

  /** The last load in words. */
  @Override
  public String toString() {
    return "%.0f/s, %.0f us CPU each".formatted(rates.getLast(), costs.getLast());
  }

  @Override
  public void close() {
    uploads.close();
    groups.close();
  }

  private double cpuMicros() {
    return program.cpuTime().plus(stack.postgres().cpuTime()).toNanos() / 1000.0;
  }
}
