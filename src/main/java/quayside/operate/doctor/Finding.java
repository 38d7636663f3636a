package quayside.operate.doctor;

/**
 * What a check found.
 *
 * @param check what was looked at; stable, such as {@code tls-without-sni}
 * @param outcome how it ended
 * @param seen what was seen
 * @param advice what to do; empty when nothing is
 */
public record Finding(String check, Outcome outcome, String seen, String advice) {

  /** Refuses a complaint without advice. */
  public Finding {
    if (advice.isEmpty() && (outcome == Outcome.WARN || outcome == Outcome.FAIL)) {
      throw new IllegalArgumentException("finding " + check + ": a complaint needs advice");
    }
  }

  /** As it should be. */
  public static Finding ok(String check, String seen) {
    return new Finding(check, Outcome.OK, seen, "");
  }

  /** Works, but not well or not always. */
  public static Finding warn(String check, String seen, String advice) {
    return new Finding(check, Outcome.WARN, seen, advice);
  }

  /** Callbacks are lost because of it. */
  public static Finding fail(String check, String seen, String advice) {
    return new Finding(check, Outcome.FAIL, seen, advice);
  }

  /** Not looked at. */
  public static Finding skipped(String check, String why) {
    return new Finding(check, Outcome.SKIPPED, why, "");
  }
}
