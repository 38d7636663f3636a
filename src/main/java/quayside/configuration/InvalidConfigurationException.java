package quayside.configuration;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.stream.Collectors;

/**
 * The configuration is wrong, and nothing starts. The framework prints the message of such an
 * exception, without a stack trace, and ends the process with status 1; a log is not there yet. So
 * where the log is JSON, the message is a line of it.
 */
public final class InvalidConfigurationException extends ConfigurationException {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  InvalidConfigurationException(List<Problem> problems, boolean json) {
    super(json ? line(text(problems)) : text(problems));
    this.problems = List.copyOf(problems);
  }

  /** All that is wrong. */
  public List<Problem> problems() {
    return problems;
  }

  private static String text(List<Problem> problems) {
    return "The configuration is wrong, nothing was started:\n"
        + problems.stream().map(problem -> "  " + problem).collect(Collectors.joining("\n"));
  }

  // With the names of the fields of all other lines.
  private static String line(String text) {
    LogRecord record = new LogRecord(Level.SEVERE, text);
    ObjectNode line = JsonMapper.builder().build().createObjectNode();
    line.put("timestamp", record.getInstant().toString());
    line.put("level", "ERROR");
    line.put("loggerName", InvalidConfigurationException.class.getPackageName());
    line.put("message", text);
    return line.toString();
  }
}
