package quayside.sink.thumbnail.engine;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import quayside.sink.PermanentFailureException;

/**
 * Why no thumbnail can be made of an image, however often it is tried: the causes in the dead
 * letter topic.
 */
public enum ImageFailure {
  /** The object has no bytes. */
  IMAGE_EMPTY,
  /** Not an image, or of a format that is not read, whatever its name says. */
  IMAGE_UNSUPPORTED,
  /** The file ends before the picture does. */
  IMAGE_TRUNCATED,
  /** An image whose data cannot be decoded. */
  IMAGE_CORRUPT,
  /** More bytes than allowed. */
  IMAGE_TOO_LARGE,
  /** More pixels than allowed, by its header. */
  IMAGE_TOO_MANY_PIXELS,
  /** More frames than allowed, by its header. */
  IMAGE_TOO_MANY_FRAMES,
  /** Not done within the time limit. */
  IMAGE_TIMEOUT,
  /** Decoding it ended the worker process, twice. */
  IMAGE_CRASHED_ENGINE;

  /** The stable code, such as {@code image-truncated}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** This failure as an exception. */
  public PermanentFailureException because(String message) {
    return new PermanentFailureException(code(), message);
  }

  /** As above, with what a library said. */
  public PermanentFailureException because(String message, Throwable cause) {
    return new PermanentFailureException(code(), message, cause);
  }

  /** The failure with this code, if there is one. */
  public static Optional<ImageFailure> ofCode(String code) {
    return Arrays.stream(values()).filter(failure -> failure.code().equals(code)).findFirst();
  }
}
