/**
 * The console in a real browser, against what {@code make run} starts: the journeys of newcomers,
 * readers and operators, what goes wrong on them, and how the page looks to whom. Pictures of every
 * view are left in {@code target/console}.
 */
@NullMarked
package quayside.console;

import org.jspecify.annotations.NullMarked;
