package quayside.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.assertions.LocatorAssertions.HasAttributeOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.HasClassOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.HasTextOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The service goes away and comes back while somebody looks. */
@ExtendWith(ConsoleExtension.class)
class ConnectionIT {
  private static final double LIMIT_MILLIS = 60_000;
  private static final double ANSWER_MILLIS = 15_000;
  private static final HasClassOptions LONG = new HasClassOptions().setTimeout(LIMIT_MILLIS);

  /** What happened meanwhile is there afterwards, without loading the page again. */
  @Test
  void lostService_isSaidAndFoundAgain(Console console) {
    String before = "before-" + UUID.randomUUID();
    String meanwhile = "meanwhile-" + UUID.randomUUID();
    console.open("#/");
    try (Events events = new Events(console.stack())) {
      events.sendAll(List.of(before));
      assertThat(console.row(before)).isVisible();

      console.stack().stop();
      try {
        assertThat(console.at("connection")).hasAttribute("data-state", "lost");
        assertThat(console.row(before)).isVisible();
        console.picture("connection-lost");
        events.sendAll(List.of(meanwhile));
      } finally {
        console.stack().restart();
      }
    }

    assertThat(console.at("connection"))
        .hasAttribute("data-state", "live", new HasAttributeOptions().setTimeout(LIMIT_MILLIS));
    assertThat(console.row(meanwhile)).isVisible(new IsVisibleOptions().setTimeout(LIMIT_MILLIS));
    assertThat(console.row(before)).isVisible();
  }

  /** The broker is away: uploads are taken all the same, wait in the journal, and arrive. */
  @Test
  void missingKafka_isSaidAndUploadsWaitInTheJournal(Console console) throws Exception {
    String name = "journal-" + UUID.randomUUID() + ".txt";
    console.open("#/");
    console.signIn();
    try (AutoCloseable broker = console.stack().withoutKafka()) {
      assertThat(console.at("connection")).hasClass(Pattern.compile("kafka"), LONG);
      console.upload("put", name, "text/plain", Pictures.noise(64, 41));
      assertThat(console.at("upload-answer")).hasAttribute("data-kind", "accepted");
      console.choose("operations");
      // The lag, which the broker would have to tell, is not waited for.
      assertThat(console.at("journal").locator("dd").first())
          .hasText("1", new HasTextOptions().setTimeout(ANSWER_MILLIS));
      console.picture("kafka-away");
      console.choose("live");
    }

    assertThat(console.at("connection")).not().hasClass(Pattern.compile("kafka"), LONG);
    assertThat(console.row(name)).isVisible(new IsVisibleOptions().setTimeout(LIMIT_MILLIS));
  }
}
