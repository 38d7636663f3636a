/** What was measured: figures, baselines, ratios, bounds; as a table and as JSON. */
@NullMarked
package quayside.bench.report;

import org.jspecify.annotations.NullMarked;
