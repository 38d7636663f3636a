/**
 * The timeline sink: what happened to each object, in order of time. It reads what is on Kafka
 * anyway (events, retries, dead letters, and the effects that the other sinks tell of), with a
 * group of its own, and slows nobody. <b>Key:</b> the record it is from, {@code (topic, partition,
 * offset)}, and for the effects of a batch the place in it. <b>Store operation:</b> one insert of
 * many rows into {@code timeline.entry}, whose primary key begins with object and time and so is
 * the one index that answers the API, too. <b>A replay</b> finds its rows and changes nothing.
 *
 * <p>Entries older than {@code quayside.timeline.retention} are deleted, in small steps. What no
 * object has for a name is not kept.
 */
@NullMarked
package quayside.sink.timeline;

import org.jspecify.annotations.NullMarked;
