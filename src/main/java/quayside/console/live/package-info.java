/**
 * What happens, as it happens. While somebody watches, one thread reads the topics of events,
 * effects, retries and dead letters with a consumer of no group, from their ends on; it joins what
 * happened with the upload it happened to, for how long it took, and keeps how each stage did in
 * the last minute. Each watcher has a stream of its own, which tells four times a second what is
 * new: many entries become one message, too many are counted instead of kept, so that neither a
 * burst nor a slow reader costs more than a message.
 */
@NullMarked
package quayside.console.live;

import org.jspecify.annotations.NullMarked;
