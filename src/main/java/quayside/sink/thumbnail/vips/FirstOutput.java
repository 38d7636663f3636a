package quayside.sink.thumbnail.vips;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Reads a process' error stream to its end, so that the process never blocks on it, and keeps only the beginning, so that
 * a hostile image cannot fill the log. Thread-safe.
 */
final class FirstOutput {
  private static final int KEPT_BYTES = 1000;

  private volatile String text = "";

  /** Starts to read; ends with the stream. */
  static FirstOutput of(InputStream stream) {
    FirstOutput output = new FirstOutput();
    Thread.ofVirtual().name("thumbnail-worker-stderr").start(() -> output.readAll(stream));
    return output;
  }

  /** What came first, on one line; empty when nothing came yet. */
  String text() {
    return text;
  }

  private void readAll(InputStream stream) {
    try (stream) {
      byte[] first = stream.readNBytes(KEPT_BYTES);
      text = new String(first, StandardCharsets.UTF_8).strip().replaceAll("\\s*\\R\\s*", "; ");
      stream.transferTo(java.io.OutputStream.nullOutputStream());
    } catch (IOException processEnded) {
      // Nothing more to read.
    }
  }
}
