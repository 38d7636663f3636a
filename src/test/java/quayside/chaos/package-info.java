/**
 * The fault suite: the packaged application, the broker, PostgreSQL and the OSS stand-in as real
 * processes, killed, slowed and filled up while objects are uploaded. After each fault the bucket,
 * the catalog, the search index and the thumbnails must agree: nothing lost, nothing doubled.
 * {@code make chaos} runs all of it; {@link quayside.chaos.FaultIT} is the part of {@code make
 * test}.
 */
@NullMarked
package quayside.chaos;

import org.jspecify.annotations.NullMarked;
