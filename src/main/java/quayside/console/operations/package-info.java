/**
 * How the installation does, for the operations view of the console: stages as the live feed and
 * Kafka know them, over all instances, and what this instance counts of itself.
 */
@NullMarked
package quayside.console.operations;

import org.jspecify.annotations.NullMarked;
