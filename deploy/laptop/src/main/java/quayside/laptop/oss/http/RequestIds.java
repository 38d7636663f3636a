package quayside.laptop.oss.http;

import java.time.Clock;
import java.util.random.RandomGenerator;

/**
 * Makes request ids of OSS's form: 24 upper-case hexadecimal digits, of which the first eight are
 * the Unix time in seconds (protocol document, introduction) and the rest random. Thread-safe if
 * the generator is.
 */
public final class RequestIds {
  private final Clock clock;
  private final RandomGenerator random;

  public RequestIds(Clock clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  public String next() {
    return "%08X%016X"
        .formatted(clock.instant().getEpochSecond() & 0xFFFF_FFFFL, random.nextLong());
  }
}
