/**
 * Thumbnails for the console, through this instance: a browser has no right to read the bucket. It
 * gives out nothing but what the catalog lists as a thumbnail of the version at hand, and nothing
 * that a browser would take for anything but a picture.
 */
@NullMarked
package quayside.console.preview;

import org.jspecify.annotations.NullMarked;
