/**
 * Compares a bucket with the catalog and repairs what differs: OSS never repeats a callback, keeps
 * the object even when the callback failed, and tells nobody of a deletion. Bucket (a listing or an
 * inventory) and catalog are walked side by side in the order of their keys, so memory does not
 * depend on their size. <b>A comparison finds, a HEAD proves:</b> before anything is published the
 * object is looked at, so an old inventory, a listing overtaken by uploads or a wrong guess does no
 * harm. What is published is idempotent: a second run over the same ground changes nothing.
 */
@NullMarked
package quayside.operate.reconcile.run;

import org.jspecify.annotations.NullMarked;
