package quayside.sink.search;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A search needs longer than it may take. A narrower one (bucket, prefix, time) can succeed. */
final class SearchTimeoutException extends Exception {
  private static final long serialVersionUID = 1L;

  SearchTimeoutException(Duration limit, @Nullable Throwable cause) {
    super("search took longer than " + limit, cause);
  }
}
