/**
 * What the console lets people do: know who they are, look into dead letters and move them back,
 * have a refused callback explained. Nothing is decided here but who may: the work is done by
 * {@link quayside.operate.redrive.service} and {@link quayside.operate.explain}, as for the
 * management port. Reading is open to whoever reaches the read API; moving is for operators, who
 * prove themselves as callers of grants do ({@link quayside.grant.access}).
 */
@NullMarked
package quayside.console.desk;

import org.jspecify.annotations.NullMarked;
