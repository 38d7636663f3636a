package quayside.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import quayside.DebianTool;
import quayside.DebianTool.Result;

/**
 * One object: what it looks like, what is known of it, what happened to it, and the event itself.
 */
@ExtendWith(ConsoleExtension.class)
class ObjectIT {
  private final String name = "object-" + UUID.randomUUID() + ".png";

  @Test
  void object_hasPreviewMetadataTimelineAndThumbnails(Console console) {
    open(console);

    assertThat(console.at("object-preview").locator("img")).hasJSProperty("complete", true);
    assertThat((int) console.at("object-preview").locator("img").evaluate("i => i.naturalWidth"))
        .isGreaterThan(128);
    assertThat(console.at("object-metadata")).containsText("image/png");
    assertThat(console.at("object-metadata")).containsText("640");
    Locator thumbnails = console.at("object-thumbnails");
    for (String preset : List.of("small", "medium", "large")) {
      assertThat(thumbnails).containsText(preset);
    }
    Locator timeline = console.at("object-timeline");
    for (String sink : List.of("catalog", "search", "thumbnail")) {
      assertThat(timeline).containsText(sink);
    }
    console.picture("object");
  }

  /** What is copied runs in a terminal, and gets what is shown. */
  @Test
  void rawEvent_isShownAndCopiedCommandsRun(Console console) {
    open(console);
    // The first thing that happened is the upload.
    console.at("object-timeline").locator("[data-kind=event] button").first().click();
    assertThat(console.at("raw-event")).containsText("io.quayside.object.uploaded.v1");
    assertThat(console.at("raw-event")).containsText(name);

    console.at("copy-curl").click();
    assertRuns(console.clipboard());
    console.at("copy-kcat").click();
    // Where Kafka is, whoever runs it says.
    assertRuns(
        "kcat() { %s \"$@\"; }; KAFKA=%s; %s"
            .formatted(DebianTool.kcat(), console.stack().kafka(), console.clipboard()));
  }

  @Test
  void unknownObject_isSaidWithAWayBack(Console console) {
    console.open("#/objects/uploads/no-such-" + UUID.randomUUID());

    assertThat(console.at("notice").first()).isVisible();
    assertThat(console.page().getByRole(AriaRole.NAVIGATION)).isVisible();
  }

  private void assertRuns(String command) {
    Result result = DebianTool.run(List.of("bash", "-c", command));
    assertThat(result.exitCode()).as("%s: %s", command, result.output()).isZero();
    assertThat(result.output()).as(command).contains(name, "io.quayside.object.uploaded.v1");
  }

  private void open(Console console) {
    console.open("#/");
    console.signIn();
    console.upload("put", name, "image/png", Pictures.harbour(11));
    assertThat(console.row(name).getByTestId("stage-thumbnail")).hasAttribute("data-state", "done");
    assertThat(console.row(name).getByTestId("stage-search")).hasAttribute("data-state", "done");
    console.row(name).locator("a").first().click();
    assertThat(console.at("object-metadata")).isVisible();
  }
}
