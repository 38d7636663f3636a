package quayside.event;

import java.util.List;

/**
 * What was wrong with published records, for all of this JVM: every Quarkus application under test
 * has class loaders of its own, and JUnit has another, so it is kept where all of them look, in a
 * system property. Thread-safe.
 */
public final class EventFindings {
  private static final String FINDINGS = "quayside.test.event-findings";
  private static final String TEST = "quayside.test.running";

  /** Enough to see what is wrong, however many records are. */
  private static final int MAX_CHARACTERS = 20_000;

  private EventFindings() {}

  /** Says which test runs from now on. */
  static void begin(String test) {
    System.setProperty(TEST, test);
  }

  /** Remembers a finding, as one of the test that runs. */
  static void add(String finding) {
    String line =
        "while " + System.getProperty(TEST, "no test") + " ran: " + finding.replace('\n', ' ');
    System.getProperties()
        .merge(
            FINDINGS,
            line,
            (before, added) ->
                before.toString().length() > MAX_CHARACTERS ? before : before + "\n" + added);
  }

  /** The findings since the last call. */
  public static List<String> drain() {
    Object findings = System.getProperties().remove(FINDINGS);
    return findings == null ? List.of() : findings.toString().lines().toList();
  }
}
