package quayside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;

/** What a category logs while this is open, as people see it. */
public final class LogLines extends Handler implements AutoCloseable {
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Logger logger;

  public LogLines(String category) {
    logger = Logger.getLogger(category);
    logger.addHandler(this);
  }

  /** The one line that contains the text; waits for it. */
  public String only(String text) {
    await().until(() -> lines.stream().anyMatch(line -> line.contains(text)));
    List<String> found = lines.stream().filter(line -> line.contains(text)).toList();
    assertThat(found).hasSize(1);
    return found.getFirst();
  }

  @Override
  public void publish(LogRecord line) {
    lines.add(ExtLogRecord.wrap(line).getFormattedMessage());
  }

  @Override
  public void flush() {
    // Nothing is kept back.
  }

  @Override
  public void close() {
    logger.removeHandler(this);
  }
}
