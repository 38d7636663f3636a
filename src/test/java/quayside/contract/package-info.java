/**
 * The published language, {@code schemas/}, held against everything that must agree with it: the
 * records that are written and read, the AsyncAPI document, the service's configuration, the
 * manifests that create topics and rights, and every version that was ever released. {@code
 * schemas/} is the source of truth; what differs is wrong.
 */
@NullMarked
package quayside.contract;

import org.jspecify.annotations.NullMarked;
