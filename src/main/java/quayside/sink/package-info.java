/**
 * The consumers. A sink applies events to one store; what all of them share is here: reading a
 * batch, retrying while a dependency is down, setting aside what cannot be applied. No sink knows
 * another.
 */
@NullMarked
package quayside.sink;

import org.jspecify.annotations.NullMarked;
