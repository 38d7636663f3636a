/**
 * The command {@code reconcile}: asks a running service, over its management port, to compare a
 * bucket with the catalog, and shows how far it is. It needs no part of the service itself; the
 * comparison is in {@code quayside.operate.reconcile.run}.
 */
@NullMarked
package quayside.operate.reconcile;

import org.jspecify.annotations.NullMarked;
