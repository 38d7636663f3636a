package quayside.operate.reconcile.run;

import static java.util.stream.Collectors.toMap;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import quayside.sink.catalog.CatalogWalk.Entry;
import quayside.sink.search.IndexedVersions.Version;

/**
 * A program: compares a bucket of a million objects with a catalog of as many, every thousandth
 * different on either side, and prints what it found. Run with a small heap by the test beside it.
 */
final class MillionObjects {
  private static final int OBJECTS = 1_000_000;

  private MillionObjects() {}

  public static void main(String... args) throws Exception {
    Comparison comparison =
        new Comparison(
            Fakes.bucket(
                IntStream.range(0, OBJECTS)
                    .filter(n -> n % 1000 != 1)
                    .mapToObj(n -> Fakes.listed(key(n)))
                    .iterator()),
            new CatalogCursor(MillionObjects::page, MillionObjects::index, ""),
            List.of(),
            false,
            Duration.ofMinutes(2));
    Tally tally = new Tally(5);
    boolean done =
        new ReconcileRun(comparison, null, tally, new Pace(1_000_000), lastKey -> true, 8).run();
    System.out.println(done + " " + tally.counts());
  }

  private static List<Entry> page(String after, int limit) {
    int from = after.isEmpty() ? 0 : Integer.parseInt(after.substring(4)) + 1;
    List<Entry> entries = new ArrayList<>();
    for (int n = from; n < OBJECTS && entries.size() < limit; n++) {
      if (n % 1000 != 2) {
        entries.add(Fakes.entry(key(n)));
      }
    }
    return entries;
  }

  private static Map<String, Version> index(List<String> keys) {
    return keys.stream().collect(toMap(key -> key, key -> new Version(Fakes.OLD, false)));
  }

  private static String key(int n) {
    return "key-%07d".formatted(n);
  }
}
