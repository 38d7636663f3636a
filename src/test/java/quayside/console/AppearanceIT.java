package quayside.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The page for everybody: dark or light, wide or narrow, English or Chinese, seen or heard. */
@ExtendWith(ConsoleExtension.class)
class AppearanceIT {
  private static final Set<String> GRAVE = Set.of("serious", "critical");
  private static final Pattern HAN = Pattern.compile("[\u4e00-\u9fff]{2}");

  /** Contrast, names, roles, order: what axe finds grave in no view, theme or width. */
  @Test
  void noView_hasASeriousFinding(Console console) {
    String name = "axe-" + UUID.randomUUID() + ".png";
    String poison = "axe-poison-" + UUID.randomUUID() + ".png";
    console.open("#/");
    console.signIn();
    console.upload("put", name, "image/png", Pictures.harbour(31));
    console.upload("put", poison, "image/png", Pictures.unreadable(32));
    assertThat(console.row(name).getByTestId("stage-thumbnail")).hasAttribute("data-state", "done");
    assertThat(console.row(poison).getByTestId("stage-thumbnail"))
        .hasAttribute("data-state", "dead");

    List<String> findings = new ArrayList<>();
    findings.addAll(findings(console, "live", "#/", "live-list"));
    findings.addAll(findings(console, "search", "#/search?q=axe", "search-hit"));
    findings.addAll(findings(console, "object", "#/objects/uploads/" + name, "object-timeline"));
    findings.addAll(findings(console, "operations", "#/operations", "dead-letter"));
    findings.addAll(findings(console, "explain", "#/operations?explain=1", "explain-input"));

    assertThat(findings).isEmpty();
  }

  @Test
  void language_isChosenAndKept(Console console) {
    console.open("#/");
    assertThat(console.page().locator("html")).hasAttribute("lang", "en");

    console.at("language").click();
    assertThat(console.page().locator("html")).hasAttribute("lang", Pattern.compile("zh.*"));
    assertThat(console.at("drop-zone")).containsText(HAN);
    console.picture("live-chinese");

    console.page().reload();
    assertThat(console.at("drop-zone")).containsText(HAN);
    console.choose("operations");
    assertThat(console.at("operations-stages")).containsText(HAN);
  }

  @Test
  void theme_isChosenAndKept(Console console) {
    console.open("#/");
    String before = background(console);
    for (int click = 0; click < 2 && before.equals(background(console)); click++) {
      console.at("theme").click();
    }
    String chosen = background(console);
    assertThat(chosen).isNotEqualTo(before);

    console.page().reload();
    console.awaitLive();
    assertThat(background(console)).isEqualTo(chosen);
  }

  /**
   * A key pressed right after what opens a dialog is the dialog's; closed, it gives the focus back.
   */
  @Test
  void dialog_isOpenInTheSameTurnAndClosesOnEscape(Console console) {
    console.open("#/");
    Object open =
        console
            .at("sign-in")
            .evaluate(
                """
                button => {
                  button.focus();
                  button.click();
                  return Promise.resolve().then(() => document.querySelector("dialog").open);
                }
                """);
    assertThat(open).isEqualTo(true);

    console.page().keyboard().press("Escape");
    assertThat(console.at("sign-in-key")).hasCount(0);
    assertThat(console.at("sign-in")).isFocused();
  }

  private static String background(Console console) {
    return (String)
        console.page().evaluate("getComputedStyle(document.documentElement).backgroundColor");
  }

  /** What axe finds in a view, in both themes and two widths; leaves a picture of each. */
  private static List<String> findings(Console console, String name, String view, String sign) {
    console.open(view);
    assertThat(console.at(sign).first()).isVisible();
    List<String> findings = new ArrayList<>();
    for (ColorScheme theme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      console.page().emulateMedia(new Page.EmulateMediaOptions().setColorScheme(theme));
      for (int width : new int[] {1280, 360}) {
        console.page().setViewportSize(width, 800);
        String what = "%s-%s-%d".formatted(name, theme.name().toLowerCase(Locale.ROOT), width);
        console.picture(what);
        findings.addAll(findings(console, what));
      }
    }
    return findings;
  }

  private static List<String> findings(Console console, String what) {
    return new AxeBuilder(console.page())
        .analyze().getViolations().stream()
            .filter(rule -> GRAVE.contains(rule.getImpact()))
            .map(rule -> what + ": " + told(rule))
            .toList();
  }

  private static String told(Rule rule) {
    return rule.getId()
        + " ("
        + rule.getImpact()
        + "): "
        + rule.getHelp()
        + " "
        + rule.getNodes().stream().map(node -> String.valueOf(node.getTarget())).limit(3).toList();
  }
}
