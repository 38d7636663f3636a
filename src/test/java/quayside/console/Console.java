package quayside.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * The console as one reader sees it: a page in a browser of his own, and what he does there. Used
 * by one thread.
 */
final class Console implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Path PICTURES = Path.of("target/console");

  // Two processors carry all there is, and a browser.
  private static final double PATIENCE_MILLIS = 20_000;

  static {
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
  }

  private final ConsoleStack stack;
  private final BrowserContext context;
  private final Watch watch;
  private final Page page;

  Console(ConsoleStack stack, Chromium browser) {
    this.stack = stack;
    context =
        browser.fresh(
            new Browser.NewContextOptions()
                .setBaseURL(stack.origin().toString())
                .setLocale("en-US")
                .setViewportSize(1280, 800)
                .setPermissions(List.of("clipboard-read", "clipboard-write")));
    watch = new Watch(context, List.of(stack.origin(), stack.oss()));
    page = context.newPage();
  }

  ConsoleStack stack() {
    return stack;
  }

  Page page() {
    return page;
  }

  /** What is marked with this {@code data-testid}. */
  Locator at(String testId) {
    return page.getByTestId(testId);
  }

  /** Loads the page at one of its views, such as {@code #/operations}, and follows the events. */
  void open(String view) {
    page.navigate("/" + view);
    awaitLive();
  }

  /** Returns when the page receives events. */
  void awaitLive() {
    assertThat(at("connection")).hasAttribute("data-state", "live");
  }

  /** Gives the key of the laptop. */
  void signIn() {
    at("sign-in").click();
    at("sign-in-key").fill(ConsoleStack.KEY);
    at("sign-in-key").press("Enter");
    assertThat(at("sign-in-key")).isHidden();
  }

  /** Gives a file to upload by a method: {@code put}, {@code form} or {@code multipart}. */
  void upload(String method, String name, String mimeType, byte[] content) {
    at("method-select").selectOption(method);
    at("file-input").setInputFiles(new FilePayload(name, mimeType, content));
  }

  /** The row of an object in the live list. */
  Locator row(String key) {
    return page.locator("[data-testid=live-row][data-key=" + quoted(key) + "]");
  }

  /** An object among the results of a search. */
  Locator hit(String key) {
    return page.locator("[data-testid=search-hit][data-key=" + quoted(key) + "]");
  }

  /** Has the page ask for other grants than it wants to. */
  void alterGrants(Consumer<ObjectNode> change) {
    page.route(
        "**/api/grants",
        route -> {
          ObjectNode order = order(route.request().postData());
          change.accept(order);
          route.resume(new Route.ResumeOptions().setPostData(order.toString()));
        });
  }

  /** Goes to another view by the page's own navigation: {@code live}, {@code operations}. */
  void choose(String view) {
    String address = view.equals("live") ? "#/" : "#/" + view;
    page.getByRole(AriaRole.NAVIGATION).locator("a[href='" + address + "']").click();
  }

  /** What was copied last. */
  String clipboard() {
    return (String) page.evaluate("navigator.clipboard.readText()");
  }

  /** Keeps a picture of the page as it is, {@code target/console/<name>.png}. */
  void picture(String name) {
    page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")));
  }

  void assertNothingUnheardOf() {
    watch.assertNothing();
  }

  void tellWhatHappened() {
    System.out.println("In the page:\n" + watch);
    System.out.println("In the application:\n" + stack.application().text());
  }

  @Override
  public void close() {
    context.close();
  }

  private static ObjectNode order(String json) {
    try {
      return (ObjectNode) JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Text as a string of CSS. */
  private static String quoted(String text) {
    StringBuilder css = new StringBuilder("\"");
    text.codePoints().forEach(c -> css.append('\\').append(Integer.toHexString(c)).append(' '));
    return css.append('"').toString();
  }
}
