/**
 * The contract everybody may know: the events Quayside publishes, as CloudEvents 1.0 in the Kafka
 * protocol binding. {@code schemas/} is the source of truth; the records here are tested against
 * it. Depends on nothing of ours.
 *
 * <p>{@link quayside.event.EventWriter} makes the {@link quayside.event.EventRecord} of every event
 * that is published; content mode, schema id and signature are its alone. {@link
 * quayside.event.EventCodec} reads events, {@link quayside.event.EventAttributes} looks at their
 * attributes; both take either content mode.
 */
@NullMarked
package quayside.event;

import org.jspecify.annotations.NullMarked;
