package quayside.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the thread that runs and draws a page did, from the browser's own trace. In time on a
 * processor: how long it waited for one is the machine's doing, not the page's.
 *
 * @param longestTaskMillis the longest time during which the page could not have answered
 * @param busyMillis all tasks together
 */
record PageThread(double longestTaskMillis, double busyMillis) {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String THREAD = "CrRendererMain";
  private static final String TASK = "ThreadControllerImpl::RunTask";

  /** While something is done; one at a time in a browser. */
  static PageThread during(Page page, Runnable action) {
    Browser browser = page.context().browser();
    browser.startTracing(
        page, new Browser.StartTracingOptions().setCategories(List.of("toplevel")));
    byte[] trace;
    try {
      action.run();
    } finally {
      trace = browser.stopTracing();
    }
    return of(read(trace));
  }

  private static PageThread of(JsonNode events) {
    Set<String> threads = new HashSet<>();
    for (JsonNode event : events) {
      if (event.path("args").path("name").asText().equals(THREAD)) {
        threads.add(thread(event));
      }
    }
    double longest = 0;
    double busy = 0;
    for (JsonNode event : events) {
      if (event.path("name").asText().equals(TASK) && threads.contains(thread(event))) {
        // Microseconds.
        double millis = event.path("tdur").asDouble() / 1e3;
        longest = Math.max(longest, millis);
        busy += millis;
      }
    }
    return new PageThread(longest, busy);
  }

  private static String thread(JsonNode event) {
    return event.path("pid").asText() + "/" + event.path("tid").asText();
  }

  private static JsonNode read(byte[] trace) {
    try {
      return JSON.readTree(trace).path("traceEvents");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
