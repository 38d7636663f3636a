/**
 * Quayside: OSS upload callbacks in, events, catalog rows, search hits and thumbnails out. The
 * packages in the order the data flows: {@code callback}, {@code event}, {@code sink}, and beside
 * them {@code oss}.
 */
@NullMarked
package quayside;

import org.jspecify.annotations.NullMarked;
