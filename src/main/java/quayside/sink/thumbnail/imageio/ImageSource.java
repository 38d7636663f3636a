package quayside.sink.thumbnail.imageio;

import java.awt.Rectangle;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Iterator;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.jspecify.annotations.Nullable;
import quayside.sink.PermanentFailureException;
import quayside.sink.thumbnail.engine.ImageFailure;
import quayside.sink.thumbnail.engine.ImageHeader;
import quayside.sink.thumbnail.engine.Riff;

/**
 * The bytes of one image and the reader that fits them. Used by one thread, except {@link
 * #abort()}.
 */
final class ImageSource implements AutoCloseable {
  private static final Set<String> FORMATS = Set.of("jpeg", "png", "gif", "webp");

  /**
   * Subsampling skips pixels; what is left is at least so many times larger than wanted, and
   * resampled properly.
   */
  private static final int OVERSAMPLING = 2;

  /** libjpeg pads what is missing with grey and only warns. */
  private static final Pattern TRUNCATION =
      Pattern.compile("(?i)truncated|premature end|unexpected end");

  private final byte[] bytes;
  private final ImageInputStream stream;
  private final ImageReader reader;
  private final String format;
  private final AtomicReference<@Nullable String> truncation = new AtomicReference<>();

  private ImageSource(byte[] bytes, ImageInputStream stream, ImageReader reader, String format) {
    this.bytes = bytes;
    this.stream = stream;
    this.reader = reader;
    this.format = format;
    reader.addIIOReadWarningListener((source, warning) -> noteTruncation(warning));
  }

  /** Finds the reader by the first bytes. */
  static ImageSource open(byte[] bytes) throws PermanentFailureException {
    ImageReaders.register();
    ImageInputStream stream = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes));
    Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
    while (readers.hasNext()) {
      ImageReader reader = readers.next();
      String format = format(reader);
      if (FORMATS.contains(format)) {
        reader.setInput(stream);
        return new ImageSource(bytes, stream, reader, format);
      }
      reader.dispose();
    }
    throw ImageFailure.IMAGE_UNSUPPORTED.because("no reader knows these bytes");
  }

  /** What the header claims; nothing is decoded. */
  ImageHeader header() throws PermanentFailureException {
    return translating(
        "header",
        () -> {
          if (Riff.endsEarly(bytes, bytes.length)) {
            throw new EOFException("the RIFF chunk is longer than the file");
          }
          int frames = format.equals("jpeg") ? 1 : reader.getNumImages(true);
          IIOMetadata metadata = reader.getImageMetadata(0);
          return new ImageHeader(
              format,
              reader.getWidth(0),
              reader.getHeight(0),
              Math.max(1, frames),
              Metadata.isMultiscan(metadata),
              Metadata.orientation(metadata).sideways());
        });
  }

  /** Decodes at about the size wanted, upright, on white, in sRGB. */
  Picture read(int largestSide) throws PermanentFailureException {
    return translating(
        "pixels",
        () -> {
          ImageReadParam param = reader.getDefaultReadParam();
          int longest = Math.max(reader.getWidth(0), reader.getHeight(0));
          int step = Math.max(1, longest / (largestSide * OVERSAMPLING));
          param.setSourceSubsampling(step, step, 0, 0);
          param.setSourceRegion(new Rectangle(reader.getWidth(0), reader.getHeight(0)));
          Orientation orientation = Metadata.orientation(reader.getImageMetadata(0));
          Picture picture = Picture.onWhite(reader.read(0, param));
          if (truncation.get() != null) {
            throw new EOFException(truncation.get());
          }
          int size = Math.min(largestSide, longest);
          return picture.fitInto(size).upright(orientation);
        });
  }

  /** Makes a read under way stop soon. Thread-safe. */
  void abort() {
    reader.abort();
  }

  @Override
  public void close() {
    reader.dispose();
  }

  private void noteTruncation(String warning) {
    if (TRUNCATION.matcher(warning).find()) {
      truncation.set(warning);
    }
  }

  private <T> T translating(String part, Step<T> step) throws PermanentFailureException {
    try {
      return step.run();
    } catch (IOException | RuntimeException e) {
      boolean truncated = endedEarly(e) || truncation.get() != null || readToTheEnd();
      ImageFailure failure = truncated ? ImageFailure.IMAGE_TRUNCATED : ImageFailure.IMAGE_CORRUPT;
      throw failure.because(part + ": " + e, e);
    }
  }

  /** The JDK's readers say no more than that they failed; where they stopped tells the reason. */
  private boolean readToTheEnd() {
    try {
      return stream.getStreamPosition() >= bytes.length;
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean endedEarly(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof EOFException
          || TRUNCATION.matcher(String.valueOf(cause.getMessage())).find()) {
        return true;
      }
    }
    return false;
  }

  private static String format(ImageReader reader) {
    try {
      return reader.getFormatName().toLowerCase(Locale.ROOT);
    } catch (IOException e) {
      return "unknown";
    }
  }

  private interface Step<T> {
    T run() throws IOException;
  }
}
