/** What makes two builds of the same sources equal: see {@code deploy/build-order}. */
@NullMarked
package quayside.build;

import org.jspecify.annotations.NullMarked;
