/**
 * The topic with the state of every object, from a shell: the command asks the management port of a
 * running service. The service's side is {@code service}, which not every build has.
 */
@NullMarked
package quayside.operate.state;

import org.jspecify.annotations.NullMarked;
