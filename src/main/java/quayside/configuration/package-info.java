/**
 * The configuration, checked as a whole before anything starts: every wrong key in one message,
 * with its value, the rule and an example; secrets are never shown. What is checked is derived from
 * the configuration interfaces of all packages: their keys are those that exist ({@link
 * quayside.configuration.KnownKeys}), their types say how values are read ({@link
 * quayside.configuration.StrictConverters}), and those that are {@link
 * quayside.configuration.Checked} know rules beyond that. A value that cannot be read counts as not
 * set when the other rules are looked at, so that one mistake hides no other.
 *
 * <p>It is the framework that calls ({@link quayside.configuration.StartConfiguration}), while it
 * puts together the configuration of a start. What shows only later, as a file that another process
 * has locked, is told in the same form.
 */
@NullMarked
package quayside.configuration;

import org.jspecify.annotations.NullMarked;
