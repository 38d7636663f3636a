/** Signed callbacks, and an HTTP client that sends them open or closed loop from one thread. */
@NullMarked
package quayside.bench.load;

import org.jspecify.annotations.NullMarked;
