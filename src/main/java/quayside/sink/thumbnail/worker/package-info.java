/**
 * The child process in which libvips decodes hostile images: a crash, a leak or an endless loop in
 * native code ends this process and not the service. Its class path is the application's own
 * classes and nothing else, so everything here uses the JDK, {@code quayside.sink.thumbnail.engine}
 * and {@code quayside.sink}'s exceptions only. The parent side is {@code
 * quayside.sink.thumbnail.vips}.
 */
@NullMarked
package quayside.sink.thumbnail.worker;

import org.jspecify.annotations.NullMarked;
