package quayside.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a newcomer does first: a picture is dropped on the page, and everything happens to it. */
@ExtendWith(ConsoleExtension.class)
class UploadIT {
  private static final int MIB = 1024 * 1024;
  private static final Pattern A_TIME = Pattern.compile("\\d\\sm?s");

  private final String name = "quay-" + UUID.randomUUID() + ".png";

  @ParameterizedTest
  @CsvSource({"put, 1", "form, 2", "multipart, 3"})
  void picture_becomesRowThumbnailAndSearchHit(String method, long seed, Console console) {
    console.open("#/");
    console.signIn();
    console.upload(method, name, "image/png", Pictures.harbour(seed));

    Locator answer = console.at("upload-answer");
    assertThat(answer).hasAttribute("data-kind", "accepted");
    assertThat(answer).containsText("eventId");
    Locator row = console.row(name);
    for (String stage : List.of("catalog", "search", "thumbnail")) {
      assertThat(row.getByTestId("stage-" + stage)).hasAttribute("data-state", "done");
      assertThat(row.getByTestId("stage-" + stage)).containsText(A_TIME);
    }
    assertThat(row).containsText("grant");
    assertThat(row.locator("img")).hasJSProperty("complete", true);
    assertThat(row.locator("img")).hasJSProperty("naturalWidth", 128);

    console.open("#/search");
    console.at("search-input").pressSequentially(name.substring(0, "quay-12345678".length()));
    assertThat(console.hit(name)).isVisible();
  }

  /** A large object in parts: more than one request, one object. */
  @Test
  void objectOfSeveralParts_isOneObject(Console console) {
    console.open("#/");
    console.signIn();
    console.upload("multipart", name, "text/plain", Pictures.noise(12 * MIB, 4));

    assertThat(console.at("upload-answer")).hasAttribute("data-kind", "accepted");
    assertThat(console.row(name)).hasCount(1);
    assertThat(console.row(name)).containsText("12");
  }

  /** The file is dragged over the page and let go, as a person does. */
  @Test
  void droppedFile_isUploaded(Console console) {
    console.open("#/");
    console.signIn();
    console
        .page()
        .evaluate(
            """
            ([name, zone]) => {
              const dataTransfer = new DataTransfer();
              dataTransfer.items.add(new File(["dropped"], name, {type: "text/plain"}));
              for (const type of ["dragenter", "dragover", "drop"]) {
                const event = new DragEvent(type, {bubbles: true, cancelable: true, dataTransfer});
                document.querySelector(zone).dispatchEvent(event);
              }
            }
            """,
            List.of(name, "[data-testid=drop-zone]"));

    assertThat(console.at("upload-answer")).hasAttribute("data-kind", "accepted");
    assertThat(console.row(name)).isVisible();
  }

  /**
   * OSS is slow and the reader does not want to wait: it ends at once, and nothing is left of it.
   */
  @ParameterizedTest
  @CsvSource({"put", "form", "multipart"})
  void cancelledUpload_endsAndIsNoObject(String method, Console console) {
    // A route that neither goes on nor fails: OSS says nothing.
    console.page().route(console.stack().oss() + "/**", route -> {});
    console.open("#/");
    console.signIn();
    console.upload(method, name, "image/png", Pictures.harbour(5));
    assertThat(console.at("upload-progress")).isVisible();

    console.at("upload-cancel").click();

    assertThat(console.at("upload-answer")).hasAttribute("data-kind", "cancelled");
    assertThat(console.at("upload-cancel")).hasCount(0);
    assertThat(console.row(name)).hasCount(0);
  }

  /** Who has not said who he is is asked when it is needed, and the upload goes on. */
  @Test
  void uploadWithoutSigningIn_asksWhoItIs(Console console) {
    console.open("#/");
    console.upload("put", name, "text/plain", Pictures.noise(64, 6));
    console.at("sign-in-key").fill(ConsoleStack.KEY);
    console.at("sign-in-key").press("Enter");

    assertThat(console.at("upload-answer")).hasAttribute("data-kind", "accepted");
    assertThat(console.row(name)).isVisible();
  }
}
