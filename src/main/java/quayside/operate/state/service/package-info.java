/**
 * {@code /q/state/republish} on the management port: {@code POST} begins to publish the state of
 * every object of the catalog, {@code GET} tells how far it is, {@code DELETE} stops it.
 */
@NullMarked
package quayside.operate.state.service;

import org.jspecify.annotations.NullMarked;
