package quayside.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Uploads that come to nothing, or to half of what was wanted: each says why, and what to do. */
@ExtendWith(ConsoleExtension.class)
class UploadRefusalIT {
  private final String name = "refused-" + UUID.randomUUID();

  /** OSS has the object, and our rules refuse what it told of it. */
  @Test
  void refusedCallback_saysThatTheObjectIsThereAndWhereTheReasonIs(Console console) {
    console.open("#/");
    console.signIn();
    console.upload("put", name + ".html", "text/html", "<p>".getBytes());

    Locator answer = console.at("upload-answer");
    assertThat(answer).hasAttribute("data-kind", "callback-failed");
    assertThat(answer).containsText("203");
    assertThat(answer).containsText("CallbackFailed");
    console.picture("callback-failed");
    answer.getByRole(AriaRole.LINK).first().click();
    assertThat(console.at("refused")).containsText("type-not-allowed");
  }

  /** The reader went to lunch between the grant and the upload. */
  @Test
  void expiredGrant_isSaidAndAnotherOneWorks(Console console) {
    console.alterGrants(order -> order.put("expiresIn", 1));
    String oss = console.stack().oss() + "/**";
    console
        .page()
        .route(
            oss,
            route -> {
              Instant late = Instant.now().plusSeconds(2);
              await().pollDelay(Duration.ZERO).until(() -> Instant.now().isAfter(late));
              route.resume();
            });
    console.open("#/");
    console.signIn();
    console.upload("put", name + ".txt", "text/plain", Pictures.noise(64, 1));

    Locator answer = console.at("upload-answer");
    assertThat(answer).hasAttribute("data-kind", "expired");
    console.picture("expired-grant");
    console.page().unrouteAll();
    console.at("upload-retry").click();

    assertThat(answer).hasAttribute("data-kind", "accepted");
  }

  /** The form's policy, which OSS checks, allows less. */
  @Test
  void objectLargerThanGranted_isSaid(Console console) {
    console.alterGrants(order -> order.put("maxSize", 10));
    console.open("#/");
    console.signIn();
    console.upload("form", name + ".txt", "text/plain", Pictures.noise(64, 3));

    assertThat(console.at("upload-answer")).hasAttribute("data-kind", "too-large");
    assertThat(console.at("upload-answer")).containsText("EntityTooLarge");
    assertThat(console.at("upload-retry")).isVisible();
    assertThat(console.row(name + ".txt")).hasCount(0);
  }

  /** The service refuses the grant, in its own words. */
  @Test
  void refusedGrant_isSaid(Console console) {
    console.alterGrants(order -> order.put("bucket", "no-such-bucket"));
    console.open("#/");
    console.signIn();
    console.upload("put", name + ".txt", "text/plain", Pictures.noise(64, 4));

    assertThat(console.at("upload-answer")).hasAttribute("data-kind", "not-granted");
    assertThat(console.at("upload-answer")).containsText("bucket");
  }

  /** A dead network between the reader and OSS. */
  @Test
  void unreachableOss_isSaidAndTriedAgain(Console console) {
    String oss = console.stack().oss() + "/**";
    console.page().route(oss, route -> route.abort("connectionrefused"));
    console.open("#/");
    console.signIn();
    console.upload("put", name + ".txt", "text/plain", Pictures.noise(64, 5));
    assertThat(console.at("upload-answer")).hasAttribute("data-kind", "network");

    console.page().unroute(oss);
    console.at("upload-retry").click();

    assertThat(console.at("upload-answer")).hasAttribute("data-kind", "accepted");
  }

  @Test
  void wrongKey_isSaidAndNotKept(Console console) {
    console.open("#/");
    console.at("sign-in").click();
    console.at("sign-in-key").fill("not-the-key");
    console.at("sign-in-key").press("Enter");
    assertThat(console.page().getByRole(AriaRole.ALERT)).isVisible();
    assertThat(console.at("sign-in-key")).isVisible();

    console.page().reload();
    assertThat(console.at("sign-in")).isVisible();
  }
}
