/**
 * The engine for machines without libvips: the JDK's ImageIO with TwelveMonkeys' readers. Three to
 * five times slower, decodes in the service's own heap, reads JPEG, PNG, GIF and WebP and writes
 * JPEG only.
 */
@NullMarked
package quayside.sink.thumbnail.imageio;

import org.jspecify.annotations.NullMarked;
