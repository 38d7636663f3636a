package quayside.operate.doctor;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** How long an answer takes, against the 5 s of OSS, and whether the clocks agree. */
final class TimeCheck implements Check {
  private static final int TRIES = 3;
  private static final Duration OSS_HANGS_UP = Duration.ofSeconds(5);
  private static final Duration OUR_LIMIT = Duration.ofSeconds(3);

  private final Endpoint endpoint;
  private final Wire wire;
  private final Clock clock;

  TimeCheck(Endpoint endpoint, Wire wire, Clock clock) {
    this.endpoint = endpoint;
    this.wire = wire;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "time";
  }

  @Override
  public List<Finding> run() throws IOException {
    List<Duration> times = new ArrayList<>();
    HttpReply reply = Probe.send(wire, endpoint, "HTTP/1.1");
    Instant received = clock.instant();
    times.add(reply.time());
    for (int i = 1; i < TRIES; i++) {
      times.add(Probe.send(wire, endpoint, "HTTP/1.1").time());
    }
    times.sort(null);
    return List.of(
        latency(times),
        ClockSkew.judge("clock-endpoint", "endpoint", reply.header("date"), received));
  }

  static Finding latency(List<Duration> times) {
    Duration longest = times.getLast();
    String seen = "%d answers, the longest after %d ms".formatted(times.size(), longest.toMillis());
    String advice =
        "Bring Quayside and Kafka nearer to the bucket's region; see quayside.callback.answer.";
    if (longest.compareTo(OSS_HANGS_UP) >= 0) {
      return Finding.fail("latency", seen + "; OSS hangs up after 5 s", advice);
    }
    if (longest.compareTo(OUR_LIMIT) >= 0) {
      return Finding.warn("latency", seen + ", near the 5 s of OSS", advice);
    }
    return Finding.ok("latency", seen);
  }
}
