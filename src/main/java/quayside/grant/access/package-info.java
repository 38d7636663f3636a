/**
 * Who asks: holders of API keys. Bearer tokens are checked by the Quarkus extension for JWT and
 * need nothing here but a name.
 */
@NullMarked
package quayside.grant.access;

import org.jspecify.annotations.NullMarked;
