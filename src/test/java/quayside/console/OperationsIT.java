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

/** What an operator looks at: is everything moving, does it add up, and why was that one refused. */
@ExtendWith(ConsoleExtension.class)
class OperationsIT {
  private static final Path VECTORS = Path.of("src/test/resources/vectors");
  private static final Pattern RATE = Pattern.compile("[1-9]|0[.,]\\d*[1-9]");

  @Test
  void stages_haveRateLatencyAndLag(Console console) {
    String name = "stages-" + UUID.randomUUID() + ".png";
    console.open("#/");
    console.signIn();
    console.upload("put", name, "image/png", Pictures.harbour(21));
    assertThat(console.row(name).getByTestId("stage-thumbnail")).hasAttribute("data-state", "done");
    console.choose("operations");

    Locator stages = console.at("operations-stages");
    for (String stage : List.of("publish", "catalog", "search", "thumbnail", "timeline", "state")) {
      assertThat(stages).containsText(Pattern.compile(stage, Pattern.CASE_INSENSITIVE));
    }
    assertThat(stages).containsText(RATE);
    assertThat(console.at("journal")).containsText("0");
    assertThat(console.at("conservation")).isVisible();
  }

  @Test
  void genuineCapture_isExplainedAsVerified(Console console) throws IOException {
    explain(console, "docs-index-php.json");

    assertThat(console.at("explain-result")).containsText(Pattern.compile("(?i)verif"));
    console.picture("explain");
  }

  /** The mistake is named, not only that there is one. */
  @Test
  void brokenCapture_isExplainedWithTheAccident(Console console) throws IOException {
    explain(console, "negative/receiver-mistakes.json");

    assertThat(console.at("explain-result")).containsText("query");
  }

  @Test
  void unreadableCapture_isSaid(Console console) {
    console.open("#/operations");
    console.at("explain-button").first().click();
    console.at("explain-input").fill("hello");
    console.submitExplain();

    assertThat(console.page().locator("body")).containsText(Pattern.compile("(?i)captur"));
    assertThat(console.at("notice").first()).isVisible();
  }

  private static void explain(Console console, String vector) throws IOException {
    console.open("#/operations");
    console.at("explain-button").first().click();
    console.at("explain-input").fill(Files.readString(VECTORS.resolve(vector)));
    console.submitExplain();
  }
}
