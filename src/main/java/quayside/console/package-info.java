/**
 * The back end of the console: what a browser shows of a running installation, over HTTP in the
 * role {@code api}. It knows the parts it shows, and none of them knows it; the ingress has none of
 * it. It keeps nothing: what happens is read from Kafka while somebody watches, everything else is
 * asked of whoever has it. Every list, buffer and number of requests is bounded.
 */
@NullMarked
package quayside.console;

import org.jspecify.annotations.NullMarked;
