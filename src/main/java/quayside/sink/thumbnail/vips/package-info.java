/**
 * The libvips engine as the service sees it: finds the library, keeps a few worker processes
 * ({@code quayside.sink.thumbnail.worker}), gives each one image at a time, ends and replaces those
 * that crash or take too long.
 */
@NullMarked
package quayside.sink.thumbnail.vips;

import org.jspecify.annotations.NullMarked;
