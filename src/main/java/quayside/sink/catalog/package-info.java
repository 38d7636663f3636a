/**
 * The catalog sink: one row in PostgreSQL per object, the newest known upload of it, and its
 * thumbnails. <b>Key:</b> an event is {@code (source, id)}, an object is {@code (bucket, key)}.
 * <b>Store operation:</b> in one transaction, rows into the inbox for the events not seen before,
 * then one upsert that changes a row only when the event's {@code sequence} is greater than the
 * row's, and one insert of the versions that the events tell of; a batch is as many statements,
 * however long it is. <b>A replay</b> finds its inbox row and changes nothing; had the inbox been
 * emptied, the fence and the key of the versions alone would still refuse it. So the inbox is cut
 * off by age. Two deliveries of one id with different sequences are one event: the first one
 * applied counts.
 *
 * <p>Thumbnails are kept apart from the objects, with a fence of their own, so that they may arrive
 * first; they are shown only while the version they were made from is the current one. Events that
 * name no object are skipped and counted. Text that PostgreSQL cannot hold exactly is refused for
 * good, see {@link quayside.sink.catalog.StoredText}; a database that is away never is.
 *
 * <p><b>Tombstones.</b> A deletion makes the row {@code deleted} and empty, and the thumbnails' row
 * too; both keep their fence, so nothing late brings the object back. Lists do not show it.
 *
 * <p><b>Contradictions.</b> Sequences are clocks. Two events of an object that name different
 * versions within {@code quayside.catalog.conflict-window} prove nothing about which was last
 * ({@link quayside.sink.catalog.Claim}). The greater sequence is written all the same, the other
 * event is kept in {@code catalog.rival}, and the object is entered in {@code catalog.settlement},
 * all in the transaction of the batch. {@link quayside.sink.catalog.SettlementWorker} claims
 * entries ({@code skip locked}), asks the bucket with a HEAD, outside of any transaction, and
 * executes {@link quayside.sink.catalog.Settlement}, which also says why this ends: the version
 * that the bucket has wins. Where it does not have the greater sequence already it is published
 * again as a verdict with a greater one, so that every sink follows by its fence alone; rivals are
 * marked {@code won} or {@code superseded}. A crash at any point leads to another look and at worst
 * a second verdict. An object that is gone becomes a tombstone in the same way; a bucket that does
 * not exist, or a HEAD that is refused, changes nothing and leaves the rivals {@code unsettled}.
 *
 * <p><b>Confirmation.</b> With {@code quayside.catalog.confirm=head} every upload is entered in the
 * same queue. Agreement in ETag and size makes the row {@code confirmed}; a mismatch is kept beside
 * what the event said ({@code live_etag}, {@code live_size}, {@code disputed_at}) until the next
 * event.
 *
 * <p><b>History.</b> {@code catalog.object_version} keeps each upload and deletion that the catalog
 * learned of, newest or stale, for {@code quayside.catalog.history-retention}: partitioned by week
 * of {@code recorded_at}, which is the event's, so that its key refuses a replay at any age. {@link
 * quayside.sink.catalog.CatalogCleanup} makes partitions four weeks ahead and drops old ones whole;
 * what fits none (a clock that is wrong, a replay of the too old) goes into the partition {@code
 * object_version_other}, and fails nothing. It also deletes old rows of the inbox, settled
 * contradictions and ended comparisons, so the database user must own the tables.
 *
 * <p><b>Tables</b> ({@code db/migration/V1.0}, {@code V4.0}, {@code V5.0}; every column is
 * commented there), with the queries that their indexes serve:
 *
 * <ul>
 *   <li>{@code object} the newest known state: {@code GET /api/objects} in the order of time, of
 *       all or of one bucket ({@code object_newest}, {@code object_bucket_newest}); in the order of
 *       keys, by prefix, one object ({@code object_pk}).
 *   <li>{@code thumbnails} likewise: those of an object ({@code thumbnails_pk}).
 *   <li>{@code object_version} all states: those of an object, newest first ({@code where bucket =
 *       ? and key = ? order by sequence desc}: {@code object_version_pk} of each week, merged);
 *       those learned of in a span of time ({@code where recorded_at >= ? and recorded_at < ?}:
 *       only the weeks concerned, there {@code object_version_recorded_at}).
 *   <li>{@code inbox} events seen ({@code inbox_pk}; by age {@code inbox_recorded_at}).
 *   <li>{@code rival} events that contradicted, by object ({@code rival_object}) and age ({@code
 *       rival_age}).
 *   <li>{@code settlement} the queue of objects to be looked at ({@code settlement_due}).
 *   <li>{@code reconcile_run} comparisons with a bucket, their checkpoints and their lock ({@code
 *       reconcile_run_one}).
 * </ul>
 */
@NullMarked
package quayside.sink.catalog;

import org.jspecify.annotations.NullMarked;
