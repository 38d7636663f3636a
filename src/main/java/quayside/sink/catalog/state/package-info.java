/** State. */
@NullMarked
package quayside.sink.catalog.state;

import org.jspecify.annotations.NullMarked;
