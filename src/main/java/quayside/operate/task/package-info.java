/**
 * What commands have in common that have a running service do something in the background, and show
 * how far it is. What their routes have in common is in {@code service}, which not every build has.
 */
@NullMarked
package quayside.operate.task;

import org.jspecify.annotations.NullMarked;
