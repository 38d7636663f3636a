package quayside.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A poisoned picture: an operator finds it, looks into it, and moves it back without a terminal.
 */
@ExtendWith(ConsoleExtension.class)
class DeadLettersIT {
  private final String name = "poison-" + UUID.randomUUID() + ".png";

  @Test
  void reader_looksAndCannotMove(Console console) {
    poison(console);
    console.at("sign-out").click();
    console.choose("operations");

    assertThat(letter(console)).containsText("image-corrupt");
    assertThat(console.at("read-only")).isVisible();
    assertThat(console.at("redrive")).hasCount(0);
    letter(console).getByTestId("dead-letter-inspect").click();
    assertThat(console.at("dead-letter-detail")).containsText("image-corrupt");
    assertThat(console.at("dead-letter-detail")).containsText("dead-letter-offset");
    assertThat(console.at("dead-letter-detail")).containsText("io.quayside.object.uploaded.v1");
    console.page().keyboard().press("Escape");
    assertThat(console.at("dead-letter-detail")).hasCount(0);
  }

  @Test
  void operator_movesItBackAndItIsTriedAgain(Console console) {
    poison(console);
    console.choose("operations");
    letter(console).getByRole(AriaRole.CHECKBOX).check();

    console.at("dry-run").click();
    Locator progress = console.at("redrive-progress");
    assertThat(progress).hasAttribute("data-done", "true");
    assertThat(progress).containsText("1 match");
    assertThat(letter(console)).hasCount(1);
    console.at("redrive").click();
    assertThat(console.page().getByRole(AriaRole.DIALOG)).containsText("1");
    console.picture("redrive");
    console.at("confirm").click();
    assertThat(progress).containsText("1 moved back");

    // It is as unreadable as before: tried again, it became another letter.
    console.page().navigate("/#/objects/uploads/" + name);
    Locator timeline = console.at("object-timeline");
    assertThat(timeline.locator("[data-kind=redrive]")).hasCount(1);
    assertThat(timeline.locator("[data-kind=dead-letter]")).hasCount(2);
  }

  /** Whoever changed his mind, or only wanted to look, has moved nothing. */
  @Test
  void redriveNotConfirmed_movesNothing(Console console) {
    poison(console);
    console.choose("operations");
    letter(console).getByRole(AriaRole.CHECKBOX).check();
    console.at("redrive").click();
    console.page().keyboard().press("Escape");

    assertThat(console.at("confirm")).hasCount(0);
    assertThat(console.at("redrive-progress")).hasCount(0);
    assertThat(letter(console)).hasCount(1);
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
