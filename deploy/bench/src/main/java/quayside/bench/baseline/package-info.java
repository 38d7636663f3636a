/** The plain programs that the sinks are measured against: no framework, the same SQL. */
@NullMarked
package quayside.bench.baseline;

import org.jspecify.annotations.NullMarked;
