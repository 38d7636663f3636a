/**
 * The contract everybody may know: the events Quayside publishes, as CloudEvents 1.0 in the Kafka
 * protocol binding's binary mode. {@code schemas/} is the source of truth; the records here are
 * tested against it. Depends on nothing of ours.
 */
@NullMarked
package quayside.event;

import org.jspecify.annotations.NullMarked;
