package quayside.console;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** That the other tests would notice what no page may do. */
@ExtendWith(ConsoleExtension.class)
class WatchIT {

  @Test
  void whatNoPageMayDo_isNoticed(ConsoleStack stack, Chromium browser) {
    try (Console console = new Console(stack, browser)) {
      console.open("#/");
      console.assertNothingUnheardOf();
      Page page = console.page();
      page.evaluate("document.body.setAttribute('style', 'color: red')");
      page.evaluate("fetch('http://127.0.0.1:1/elsewhere').catch(() => {})");
      page.evaluate("setTimeout(() => { throw new Error('nobody catches it'); })");
      page.evaluate("alert('hello')");
      page.evaluate("import('data:text/javascript,1').catch(() => {})");

      assertThatThrownBy(console::assertNothingUnheardOf)
          .hasMessageContaining("style-src")
          .hasMessageContaining("connect-src")
          .hasMessageContaining("script-src")
          .hasMessageContaining("nobody catches it")
          .hasMessageContaining("dialog: hello");
    }
  }
}
