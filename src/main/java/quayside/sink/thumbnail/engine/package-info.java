/**
 * What makes thumbnails out of the bytes of an image: one port, {@link
 * quayside.sink.thumbnail.engine.ThumbnailEngine}, its values, its limits and its failure codes.
 * Depends on the JDK and {@code quayside.sink}'s exceptions alone, since the worker process of the
 * libvips engine runs on nothing else.
 */
@NullMarked
package quayside.sink.thumbnail.engine;

import org.jspecify.annotations.NullMarked;
