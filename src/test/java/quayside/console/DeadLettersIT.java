package quayside.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A poisoned picture: an operator finds it, looks into it, and moves it back without a terminal. */
@ExtendWith(ConsoleExtension.class)
class DeadLettersIT {
  private final String name = "poison-" + UUID.randomUUID() + ".png";

  @Test
  void reader_looksAndCannotMove(Console console) {
    poison(console);
    // Another tab knows nothing of who signed in.
    console.page().evaluate("sessionStorage.clear()");
    console.page().reload();
    console.open("#/operations");

    Locator letter = letter(console);
    assertThat(letter).containsText("image-unreadable");
    letter.getByTestId("dead-letter-inspect").click();
    assertThat(console.page().locator("body")).containsText("dead-letter-cause");
    assertThat(console.page().getByTestId("redrive").and(console.page().locator(":enabled")))
        .hasCount(0);
  }

  @Test
  void operator_movesItBackAndItIsTriedAgain(Console console) {
    poison(console);
    console.open("#/operations");
    Locator letter = letter(console);
    assertThat(letter).hasCount(1);
    console.picture("operations");

    letter.getByTestId("dry-run").click();
    assertThat(console.page().locator("body")).containsText(Pattern.compile("(?i)would"));
    console.closeDialog();
    letter.getByTestId("redrive").click();
    console.picture("redrive");
    console.at("confirm").click();

    // It is as unreadable as before: the same event has become another letter.
    assertThat(letter(console)).hasCount(2);
    console.page().navigate("/#/objects/uploads/" + name);
    assertThat(console.at("object-timeline")).containsText(Pattern.compile("(?i)redri"));
  }

  /** Uploads bytes that are no picture, and returns when they are a dead letter. */
  private void poison(Console console) {
    console.open("#/");
    console.signIn();
    console.upload("put", name, "image/png", Pictures.unreadable(name.hashCode()));
    assertThat(console.row(name).getByTestId("stage-thumbnail")).hasAttribute("data-state", "dead");
  }

  private Locator letter(Console console) {
    return console.at("dead-letter").filter(new Locator.FilterOptions().setHasText(name));
  }
}
