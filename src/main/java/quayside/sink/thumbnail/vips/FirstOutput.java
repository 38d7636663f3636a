package quayside.sink.thumbnail.vips;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Reads a process' error stream to its end, so that the process never blocks on it, and keeps only
 * the beginning, so that a hostile image cannot fill the log. Thread-safe.
 */
final class FirstOutput {
  private static final int KEPT_BYTES = 1000;
  private static final Duration PATIENCE = Duration.ofMillis(500);

  private final CompletableFuture<String> text = new CompletableFuture<>();

  /** Starts to read; ends with the stream. */
  static FirstOutput of(InputStream stream) {
    FirstOutput output = new FirstOutput();
    // Not a virtual thread: reading a pipe would hold its carrier as long as the process lives.
    Thread.ofPlatform()
        .daemon()
        .name("thumbnail-worker-stderr")
        .start(() -> output.readAll(stream));
    return output;
  }

  /** What came first, on one line. Waits a little for a process that has just ended. */
  String text() {
    return text.completeOnTimeout("nothing", PATIENCE.toMillis(), TimeUnit.MILLISECONDS).join();
  }

  private void readAll(InputStream stream) {
    try (stream) {
      String first = new String(stream.readNBytes(KEPT_BYTES), StandardCharsets.UTF_8);
      text.complete(first.isBlank() ? "nothing" : first.strip().replaceAll("\\s*\\R\\s*", "; "));
      stream.transferTo(OutputStream.nullOutputStream());
    } catch (IOException processEnded) {
      text.complete("nothing");
    }
  }
}
