package quayside.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import quayside.sink.catalog.HostileKeys;

/**
 * Names that somebody chose to break the page, or the reader's eyes: shown as text, in every view.
 * That no script of theirs runs and no dialog opens is what every test of the console demands.
 */
@ExtendWith(ConsoleExtension.class)
class HostileNamesIT {
  private static final String MARKUP = "\"><img src=x onerror=alert(1)><b onmouseover=alert(2)>";

  @Test
  void hostileKeys_areRowsAndObjectsLikeOthers(Console console) {
    List<String> keys = new ArrayList<>(HostileKeys.ALL);
    keys.add(MARKUP);
    keys.add("</script><script>alert(3)</script>.png");
    keys.add("javascript:alert(4)");
    console.open("#/");
    try (Events events = new Events(console.stack())) {
      events.sendAll(keys);
    }

    for (String key : keys) {
      assertThat(console.row(key)).isVisible();
    }
    assertThat(console.row(MARKUP)).containsText(MARKUP);
    assertThat(console.row("<script>alert(1)</script>")).containsText("<script>alert(1)</script>");
    assertThat(console.at("live-list").locator(".row-name :is(script, b, iframe, img)"))
        .hasCount(0);
    assertThat(isAsWideAsItsWindow(console)).isTrue();
    console.picture("hostile-names");

    for (String key : keys) {
      console.row(key).locator("a").first().click();
      assertThat(console.at("object-metadata")).containsText("text/plain");
      assertThat(console.at("object-timeline")).isVisible();
      assertThat(isAsWideAsItsWindow(console)).as(key).isTrue();
      console.open("#/");
    }
  }

  /**
   * Right-to-left marks would make {@code gpj.exe} of {@code exe.jpg}: they are shown, not obeyed.
   */
  @Test
  void directionMarks_areShown(Console console) {
    String key = "photo-" + UUID.randomUUID() + "\u202Egpj.exe";
    console.open("#/");
    try (Events events = new Events(console.stack())) {
      events.sendAll(List.of(key));
    }

    Locator name = console.row(key).locator("a").first();
    assertThat(name).containsText("U+202E");
    assertThat(name.textContent()).doesNotContain("\u202E");
  }

  @Test
  void hostileVariables_areText(Console console) throws Exception {
    String key = "variables-" + UUID.randomUUID();
    Map<String, String> variables =
        Map.of("x:album", MARKUP, "x:<i>name</i>", "\u202Ereversed", "x:long", "v".repeat(1000));
    console.open("#/");
    try (Events events = new Events(console.stack())) {
      events.send(key, variables).get();
    }
    console.row(key).locator("a").first().click();

    Locator metadata = console.at("object-metadata");
    assertThat(metadata).containsText(MARKUP);
    assertThat(metadata).containsText("<i>name</i>");
    assertThat(metadata.locator("i, img, b")).hasCount(0);
    assertThat(metadata.textContent()).doesNotContain("\u202E");
    assertThat(isAsWideAsItsWindow(console)).isTrue();
  }

  /** A file chosen from a disk has such a name, too. */
  @Test
  void hostileFileName_isUploadedAndFound(Console console) {
    String name = "<img src=x onerror=alert(5)>😀照片-" + UUID.randomUUID() + ".png";
    console.open("#/");
    console.signIn();
    console.upload("form", name, "image/png", Pictures.harbour(7));

    assertThat(console.at("upload-answer")).hasAttribute("data-kind", "accepted");
    assertThat(console.at("upload-row").locator("img")).hasCount(0);
    assertThat(console.row(name).locator("img")).hasJSProperty("naturalWidth", 128);
    console.open("#/search");
    console
        .at("search-input")
        .fill("照片-" + name.substring(name.indexOf('-') + 1, name.indexOf('-') + 9));
    assertThat(console.hit(name)).isVisible();
  }

  private static boolean isAsWideAsItsWindow(Console console) {
    return (boolean)
        console
            .page()
            .evaluate(
                "document.documentElement.scrollWidth <= document.documentElement.clientWidth");
  }
}
