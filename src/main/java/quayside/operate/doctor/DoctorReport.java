package quayside.operate.doctor;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The findings, as text for people or JSON for programs. */
final class DoctorReport {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final List<Finding> findings;

  DoctorReport(List<Finding> findings) {
    this.findings = List.copyOf(findings);
  }

  /** Whether callbacks are lost. */
  boolean hasFailures() {
    return count(Outcome.FAIL) > 0;
  }

  /** One line per finding, the advice below it. */
  String text(boolean colours) {
    StringBuilder text = new StringBuilder();
    for (Finding finding : findings) {
      text.append(outcome(finding.outcome(), colours))
          .append(' ')
          .append(printable(finding.check()))
          .append(": ")
          .append(printable(finding.seen()))
          .append('\n');
      if (!finding.advice().isEmpty()) {
        text.append("        -> ").append(finding.advice()).append('\n');
      }
    }
    return text.append(summary()).append('\n').toString();
  }

  String json() {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("failed", hasFailures());
    ArrayNode all = json.putArray("findings");
    for (Finding finding : findings) {
      all.addObject()
          .put("check", finding.check())
          .put("outcome", finding.outcome().name())
          .put("seen", finding.seen())
          .put("advice", finding.advice());
    }
    return json.toPrettyString() + "\n";
  }

  private String summary() {
    return "%d ok, %d warnings, %d failures, %d skipped"
        .formatted(
            count(Outcome.OK), count(Outcome.WARN), count(Outcome.FAIL), count(Outcome.SKIPPED));
  }

  private long count(Outcome outcome) {
    return findings.stream().filter(finding -> finding.outcome() == outcome).count();
  }

  // What was seen is the endpoint's text: it must not write on the terminal.
  private static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }

  private static String outcome(Outcome outcome, boolean colours) {
    String name = "%-7s".formatted(outcome);
    String colour =
        switch (outcome) {
          case OK -> "32";
          case WARN -> "33";
          case FAIL -> "31";
          case SKIPPED -> "2";
        };
    return colours ? "\u001b[" + colour + "m" + name + "\u001b[0m" : name;
  }
}
