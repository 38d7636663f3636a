package quayside.event;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;

/**
 * What was wrong with published records, for all of this JVM: every Quarkus application under test
 * has class loaders of its own, and JUnit has another, so it is kept where all of them look, in
 * system properties. Thread-safe.
 */
public final class EventFindings {
  private static final String FINDINGS = "test.quayside.event-findings";
  private static final String LOOKING = "test.quayside.event-looking";
  private static final String TEST = "test.quayside.running";

  /** Enough to see what is wrong, however many records are. */
  private static final int MAX_CHARACTERS = 20_000;

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private EventFindings() {}

  /** Says which test runs from now on. */
  static void begin(String test) {
    System.setProperty(TEST, test);
  }

  /** A record is going to be looked at; returns the test that runs. */
  static String beginLook() {
    count(1);
    return System.getProperty(TEST, "no test");
  }

  /** It has been looked at. */
  static void endLook() {
    count(-1);
  }

  /** Remembers a finding. */
  static void add(String test, String finding) {
    String line = "while " + test + " ran: " + finding.replace('\n', ' ');
    System.getProperties()
        .merge(
            FINDINGS,
            line,
            (before, added) ->
                before.toString().length() > MAX_CHARACTERS ? before : before + "\n" + added);
  }

  /** The findings since the last call, when all records so far have been looked at. */
  public static List<String> drain() {
    if (looking() > 0) {
      await("all records are looked at").atMost(LIMIT).until(() -> looking() == 0);
    }
    Object findings = System.getProperties().remove(FINDINGS);
    return findings == null ? List.of() : findings.toString().lines().toList();
  }

  private static long looking() {
    return Long.parseLong(System.getProperty(LOOKING, "0"));
  }

  private static void count(int change) {
    System.getProperties()
        .merge(
            LOOKING,
            Integer.toString(change),
            (before, by) -> Long.toString(Long.parseLong(before.toString()) + change));
  }
}
