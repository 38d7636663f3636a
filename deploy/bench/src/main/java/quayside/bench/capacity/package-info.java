/**
 * How large an installation must be: from what {@code make bench} measured of one event to pods,
 * partitions, cores, memory and disk for a rate of uploads ({@code make capacity}), and what an
 * outage costs ({@code make outage}). Arithmetic only; starts nothing.
 */
@NullMarked
package quayside.bench.capacity;

import org.jspecify.annotations.NullMarked;
