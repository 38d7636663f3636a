package quayside.console.desk;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import quayside.operate.redrive.service.LineOutput;

/** Lines that are sent one by one. Used by one thread. */
final class StreamedLines implements LineOutput {
  private final OutputStream output;
  private boolean open = true;

  StreamedLines(OutputStream output) {
    this.output = output;
  }

  @Override
  public void write(String line) {
    try {
      output.write(line.getBytes(StandardCharsets.UTF_8));
      output.flush();
    } catch (IOException e) {
      // Whoever asked has gone; what was moved is moved.
      open = false;
    }
  }

  @Override
  public boolean isOpen() {
    return open;
  }
}
