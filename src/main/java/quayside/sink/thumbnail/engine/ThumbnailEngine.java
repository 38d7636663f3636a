package quayside.sink.thumbnail.engine;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Set;
import quayside.sink.DependencyUnavailableException;
import quayside.sink.PermanentFailureException;

/**
 * Makes thumbnails. Implementations are thread-safe, block the calling thread and decode an image
 * once for all its renditions. Whatever the bytes are, the outcome is a set of thumbnails or a
 * {@link PermanentFailureException}; they are hostile until proved otherwise, and their limits are
 * checked on the header, before anything is decoded.
 *
 * <p>Every rendition fits inside its square without enlargement, is turned upright by the EXIF
 * orientation, is sRGB and carries no metadata at all. Transparency is kept by WebP and laid on
 * white by JPEG. Of an animation it shows the first frame.
 */
public interface ThumbnailEngine extends AutoCloseable {

  /** Name for logs, with the version of the library. */
  String name();

  /** The formats this engine can write. */
  Set<RenditionFormat> formats();

  /**
   * Makes the renditions of one image.
   *
   * @param image the bytes as uploaded; not changed, and not used after the call
   * @param wanted at least one, each in a format of {@link #formats()}
   * @throws PermanentFailureException with a code of {@link ImageFailure}: trying again gives the
   *     same answer
   * @throws DependencyUnavailableException when the engine itself cannot work at the moment
   */
  Thumbnails render(MemorySegment image, List<RenditionSpec> wanted)
      throws PermanentFailureException, DependencyUnavailableException;

  /** Ends processes and threads; calls under way fail. */
  @Override
  void close();
}
