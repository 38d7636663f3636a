/**
 * The bucket as the sinks and the reconciler see it: one port, {@link quayside.oss.ObjectStore},
 * and one SDK adapter.
 */
@NullMarked
package quayside.oss;

import org.jspecify.annotations.NullMarked;
