/**
 * What an instance does: receive callbacks, issue grants, feed one of the sinks, answer the API.
 * Any set of roles makes an instance; a role that is off consumes nothing, serves nothing, starts
 * nothing and opens no connection. {@link quayside.role.Role} is the one table of what belongs to
 * which role; settings of the framework are derived from it before the framework reads them, and
 * what begins by itself asks {@link quayside.role.Roles} whether it may. Beans that need the
 * database are given it by an {@code Instance}: the framework does not start where what is switched
 * off is injected as it is.
 */
@NullMarked
package quayside.role;

import org.jspecify.annotations.NullMarked;
