package quayside.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Finding objects while typing, with filters, by keyboard alone, and by a link somebody sent. */
@ExtendWith(ConsoleExtension.class)
class SearchIT {
  private final String folder = "search-" + UUID.randomUUID() + "/";
  private final String harbour = folder + "2026/harbour-sunset.txt";
  private final String garden = folder + "2025/garden-sunset.txt";

  @Test
  void typing_findsWithoutEnter(Console console) throws Exception {
    upload(console);
    console.open("#/search");
    // Only to have them indexed before the first letter is typed.
    console.at("filter-prefix").fill(folder);
    assertThat(console.at("search-hit")).hasCount(2);

    console.at("search-input").pressSequentially("harb");

    assertThat(console.at("search-hit")).hasCount(1);
    assertThat(console.hit(harbour)).isVisible();
    console.picture("search");
  }

  @Test
  void filters_narrowAndStandInTheAddress(Console console) throws Exception {
    upload(console);
    console.open("#/search");
    console.at("search-input").fill("sunset");
    console.at("filter-bucket").fill(ConsoleStack.BUCKET);
    console.at("filter-prefix").fill(folder);
    assertThat(console.at("search-hit")).hasCount(2);

    console.at("filter-variable").first().fill("x:album=harbour");
    assertThat(console.at("search-hit")).hasCount(1);
    assertThat(console.hit(harbour)).isVisible();

    console.at("filter-type").fill("image/png");
    assertThat(console.at("search-hit")).hasCount(0);
    console.at("filter-type").fill("text/plain");
    assertThat(console.at("search-hit")).hasCount(1);

    console.at("filter-to").fill("2020-01-01T00:00");
    assertThat(console.at("search-hit")).hasCount(0);
    console.at("filter-to").fill("");
    console.at("filter-from").fill("2020-01-01T00:00");
    assertThat(console.at("search-hit")).hasCount(1);
    assertThat(console.page()).hasURL(Pattern.compile("#/search\\?.*q=sunset.*var\\.x"));
  }

  /** The address is all there is to it: whoever gets the link sees the same. */
  @Test
  void deepLink_showsTheSameSearch(Console console) throws Exception {
    upload(console);
    console.open("#/search?q=garden&prefix=" + folder.replace("/", "%2F"));

    assertThat(console.at("search-input")).hasValue("garden");
    assertThat(console.at("filter-prefix")).hasValue(folder);
    assertThat(console.at("search-hit")).hasCount(1);
    assertThat(console.hit(garden)).isVisible();
  }

  /** Nobody needs a mouse: a slash begins, arrows choose, Enter opens, and Back comes back. */
  @Test
  void keyboard_isEnough(Console console) throws Exception {
    upload(console);
    String words = folder.substring(0, "search-12345678".length());
    console.open("#/");

    console.page().keyboard().press("/");
    assertThat(console.at("search-input")).isFocused();
    console.page().keyboard().type(words);
    assertThat(console.at("search-hit")).hasCount(2);
    console.page().keyboard().press("ArrowDown");
    console.page().keyboard().press("ArrowDown");
    String chosen = (String) console.page().evaluate("document.activeElement.dataset.key");
    console.page().keyboard().press("Enter");

    assertThat(console.at("object-metadata")).isVisible();
    assertThat(console.page().getByRole(AriaRole.HEADING).first()).containsText(chosen);
    console.page().goBack();
    assertThat(console.at("search-input")).hasValue(words);
    assertThat(console.at("search-hit")).hasCount(2);
  }

  @Test
  void nothingFound_isSaid(Console console) {
    console.open("#/search?q=" + UUID.randomUUID());

    assertThat(console.page().locator("main")).containsText("Nothing found");
    assertThat(console.at("search-hit")).hasCount(0);
  }

  private void upload(Console console) throws Exception {
    try (Events events = new Events(console.stack())) {
      List<Future<RecordMetadata>> sent =
          List.of(
              events.send(harbour, Map.of("x:album", "harbour")),
              events.send(garden, Map.of("x:album", "garden")));
      for (Future<RecordMetadata> one : sent) {
        one.get();
      }
    }
  }
}
