/**
 * The state of every object on a compacted topic: one record per object, so that a new subscriber
 * need not read years of events, nor ask the database. It follows the catalog and has a group of
 * its own, {@code quayside-state}.
 *
 * <p><b>A batch.</b> Read what the catalog reads, its retry topics included; wait until the catalog
 * has committed past it ({@link quayside.sink.catalog.state.CatalogProgressKafkaAdmin}); then, in
 * one transaction of the database, lock the objects that the records' keys name, read their rows,
 * publish the state of each, wait until Kafka has acknowledged all, and end the transaction; only
 * then commit the position. <b>Key:</b> the object. <b>Store operation:</b> a record that replaces
 * the one before. <b>A replay</b> publishes the current states once more, with the same ids.
 *
 * <p><b>Why the last record of a key is never older than the catalog,</b> although Kafka and the
 * database share no transaction. What is published of an object is published under its lock and
 * read after the lock was had, by whatever instance and for whatever reason: batch, retry,
 * republish. So publications of one object follow one another, and each has what was committed when
 * it began; rows only become newer (the catalog's fence), hence so do records. A record may be
 * lost, come twice, or be written although nobody knows: then the cycle did not end cleanly, for
 * either an acknowledgement is missing or the commit failed, which it does when the session and
 * with it the locks were lost meanwhile. Such a cycle is repeated, by the process itself as long as
 * it lives and then by whoever gets its partitions, because its position is not committed; and a
 * repetition publishes what is newest by then. The cycle of the event that changed a row last comes
 * after that change, because it waited for the catalog. Locks are striped by the hash that Kafka
 * chooses partitions by, so that consumers of different partitions do not wait for each other; they
 * are taken in ascending order, so nobody waits in a circle.
 *
 * <p>What this does not cover: a broker that gives no answer for longer than the delivery timeout
 * and then still writes what it had been sent, while the process that sent it has died and another
 * one publishes the same object. The next event of the object, or a republish, mends it.
 *
 * <p><b>What the catalog sets aside</b>, as a dead letter or for another try, it has passed, but it
 * is in no row; subscribers have it from its topic all the same. An event whose sequence is greater
 * than the row's and whose id is not in the inbox is therefore told as it says, not as the row
 * says. This holds until the next event of the object, which brings back what the catalog holds: a
 * subscriber that begins in between and the redrive does not learn of the event that was set aside.
 * Objects whose name no row can have are skipped, and so is what is no event.
 *
 * <p><b>For subscribers</b> the group's committed position is a promise: what is before it is in
 * the topic. {@code schemas/README.md} says how to begin. Thumbnails may be known before their
 * upload; the state then has no upload and sequence 0, and is replaced when the upload comes. A
 * level that a look at the bucket raises later is told with the next event of the object.
 *
 * <p>{@link quayside.sink.catalog.state.StateRepublish} fills a topic that is new or was lost. One
 * that ends early leaves no cycle half done that matters, unless its process died: begin it again.
 */
@NullMarked
package quayside.sink.catalog.state;

import org.jspecify.annotations.NullMarked;
