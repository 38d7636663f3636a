package quayside.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What an operator looks at: is everything moving, does it add up, and why was that one refused.
 */
@ExtendWith(ConsoleExtension.class)
class OperationsIT {
  private static final Path VECTORS = Path.of("src/test/resources/vectors");

  @Test
  void stages_haveRateLatencyAndLag(Console console) {
    String name = "stages-" + UUID.randomUUID() + ".png";
    console.open("#/");
    console.signIn();
    console.upload("put", name, "image/png", Pictures.harbour(21));
    assertThat(console.row(name).getByTestId("stage-thumbnail")).hasAttribute("data-state", "done");
    console.choose("operations");

    for (String stage : List.of("catalog", "search", "thumbnail", "timeline", "state")) {
      // Lag: Kafka has answered.
      assertThat(figures(console, stage).nth(4)).containsText(Pattern.compile("^\\d"));
    }
    for (String stage : List.of("publish", "catalog", "search", "thumbnail")) {
      assertThat(figures(console, stage).first()).containsText(Pattern.compile("^\\d"));
      assertThat(figures(console, stage).nth(2)).containsText(Pattern.compile("^\\d.* m?s$"));
    }
    assertThat(console.at("journal")).containsText("0");
    assertThat(console.at("conservation")).hasAttribute("data-balanced", "true");
  }

  @Test
  void genuineCapture_isExplainedAsVerified(Console console) throws IOException {
    explain(console, Files.readString(VECTORS.resolve("deeplink-form-headers.json")));

    assertThat(console.at("explain-result").locator("article"))
        .hasAttribute("data-verdict", "verifies");
    console.picture("explain");
  }

  /** The mistake is named, not only that there is one. */
  @Test
  void brokenCapture_isExplainedWithTheAccident(Console console) throws IOException {
    String capture = Files.readString(VECTORS.resolve("deeplink-form-headers.json"));
    // Somebody decoded the form before he looked at the signature.
    explain(console, capture.replace("%2F", "/"));

    Locator explanation = console.at("explain-result").locator("article");
    assertThat(explanation).hasAttribute("data-verdict", "accident-found");
    assertThat(explanation.locator("code").nth(1)).isVisible();
  }

  @Test
  void unreadableCapture_isSaid(Console console) {
    explain(console, "hello");

    assertThat(console.at("explain-result").getByTestId("notice"))
        .containsText(Pattern.compile("capture", Pattern.CASE_INSENSITIVE));
  }

  /** Rate, history, two latencies, lag and that of retries. */
  private static Locator figures(Console console, String stage) {
    return console.at("operations-stages").locator("tr[data-stage=" + stage + "] td");
  }

  private static void explain(Console console, String capture) {
    console.open("#/operations");
    console.at("explain-button").click();
    console.at("explain-input").fill(capture);
    console.at("explain-submit").click();
  }
}
