/**
 * Who may ask for grants: holders of API keys. Bearer tokens are checked by the Quarkus extension
 * for JWT and need nothing here.
 */
@NullMarked
package quayside.grant.access;

import org.jspecify.annotations.NullMarked;
