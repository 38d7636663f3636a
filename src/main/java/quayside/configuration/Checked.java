package quayside.configuration;

/**
 * A configuration interface with rules beyond the types of its values. They are checked with all
 * others before anything starts, so whoever is given it need not check again.
 */
public interface Checked {

  /** Tells all that is wrong. May look at files; opens no connection and changes nothing. */
  default void check(Problems problems) {}
}
