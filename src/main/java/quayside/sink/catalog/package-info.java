/**
 * The catalog sink: one row in PostgreSQL per object, the newest known upload of it, and its
 * thumbnails. <b>Key:</b> an event is {@code (source, id)}, an object is {@code (bucket, key)}.
 * <b>Store operation:</b> in one transaction, rows into the inbox for the events not seen before,
 * then one upsert that changes a row only when the event's {@code sequence} is greater than the
 * row's; a batch is two statements, however long it is. <b>A replay</b> finds its inbox row and
 * changes nothing; had the inbox been emptied, the fence alone would still refuse it. So the inbox
 * may be cut off at any age: when it is partitioned by day of {@code recorded_at}, dropping a
 * partition is its cleanup. Two deliveries of one id with different sequences are one event: the
 * first one applied counts.
 *
 * <p>Thumbnails are kept apart from the objects, with a fence of their own, so that they may arrive
 * first; they are shown only while the version they were made from is the current one. Events that
 * name no object are skipped and counted. Text that PostgreSQL cannot hold exactly is refused for
 * good, see {@link quayside.sink.catalog.StoredText}; a database that is away never is.
 */
@NullMarked
package quayside.sink.catalog;

import org.jspecify.annotations.NullMarked;
