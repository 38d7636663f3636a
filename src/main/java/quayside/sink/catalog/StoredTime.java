package quayside.sink.catalog;

import java.time.Instant;
import quayside.sink.PermanentFailureException;

/** The rule for times that go into the catalog: what RFC 3339 can say, the years 0001 to 9999. */
final class StoredTime {
  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999Z");

  private StoredTime() {}

  /** True when the catalog can hold this time. */
  static boolean isStorable(Instant value) {
    return !value.isBefore(FIRST) && !value.isAfter(LAST);
  }

  /**
   * The value itself.
   *
   * @throws PermanentFailureException {@code catalog-time-out-of-range}
   */
  static Instant exact(String name, Instant value) throws PermanentFailureException {
    if (!isStorable(value)) {
      throw new PermanentFailureException(
          "catalog-time-out-of-range", name + ": " + value + " is not in the years 0001 to 9999");
    }
    return value;
  }
}
