/**
 * The doctor's look at the buckets: found as a service, since only builds with an OSS client have
 * it.
 */
@NullMarked
package quayside.operate.doctor.bucket;

import org.jspecify.annotations.NullMarked;
