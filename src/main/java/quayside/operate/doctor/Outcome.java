package quayside.operate.doctor;

/** How a check ended. */
public enum Outcome {
  /** As it should be. */
  OK,
  /** Works, but not well or not always. */
  WARN,
  /** Callbacks are lost because of it. */
  FAIL,
  /** Not looked at, and why. */
  SKIPPED
}
