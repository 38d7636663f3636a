package quayside.configuration;

/** A value of the configuration breaks a rule; the message names key, value, rule and example. */
public final class InvalidValueException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  InvalidValueException(Problem problem) {
    super(problem.toString());
    this.problem = problem;
  }

  /** What is wrong. */
  public Problem problem() {
    return problem;
  }
}
