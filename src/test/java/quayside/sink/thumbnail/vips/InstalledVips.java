package quayside.sink.thumbnail.vips;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The library the tests use: the one {@code make libvips} installs. Its absence is a failure, not a
 * reason to skip.
 */
public final class InstalledVips {
  public static final long WORKER_MEMORY = 1024L * 1024 * 1024;

  private InstalledVips() {}

  public static Path library() {
    Path directory =
        Path.of(
            Optional.ofNullable(System.getenv("QUAYSIDE_DATA_DIR")).orElse(".quayside"), "libvips");
    return VipsLibrary.find(directory)
        .orElseThrow(() ->
            new AssertionError(
                "libvips is missing: run `make libvips`; expected at "
                    + VipsLibrary.expectedIn(directory)));
  }
}
