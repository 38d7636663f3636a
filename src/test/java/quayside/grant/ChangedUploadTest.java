package quayside.grant;

import static org.assertj.core.api.Assertions.assertThat;
import static quayside.grant.StandInGrants.request;
import static quayside.grant.Uploader.put;
import static quayside.grant.Uploader.upload;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quayside.grant.GrantRequest.RequestedVersion;
import quayside.grant.template.BodyType;

/**
 * Issued grants, changed by the uploader and used against the OSS stand-in: what is changed is
 * refused, or without effect.
 */
@NullUnmarked // A null where none belongs fails the test.
class ChangedUploadTest {
  private static CallbackInbox callbacks;
  private static StandInGrants grants;

  @BeforeAll
  static void startReceiver() throws IOException {
    callbacks = new CallbackInbox();
    grants = new StandInGrants(callbacks.url());
  }

  @AfterAll
  static void stopReceiver() {
    callbacks.close();
  }

  @BeforeEach
  void forgetCallbacks() {
    callbacks.received().clear();
  }

  /** Whatever the uploader changes in a form, OSS refuses it. */
  @ParameterizedTest
  @CsvSource({"V4", "V1"})
  void changedForm_isRefused(RequestedVersion version) throws Exception {
    IssuedGrant grant =
        grants.issue(BodyType.FORM, request(UploadMethod.POST, version, "grants/fixed.png", null));

    for (Map<String, String> change :
        List.of(
            Map.of("key", "grants/other.png"),
            Map.of("x:note", "other"),
            Map.of("callback", grant.fields().get("policy")),
            Map.of("x-oss-content-type", "text/html"),
            Map.of("x-oss-content-type", "text/html", "content-type", "text/html"),
            Map.of("success_action_status", "201"))) {
      HttpResponse<String> answer = upload(grant, change, "hello", "image/png");
      assertThat(answer.statusCode()).as("%s: %s", change.keySet(), answer.body()).isEqualTo(403);
    }
    assertThat(upload(grant, Map.of(), "x".repeat(1001), "image/png").statusCode())
        .isBetween(400, 499);
    assertThat(callbacks.received()).isEmpty();
  }

  /**
   * What the file's own part and the weaker field say does not matter: the granted type is the one
   * that is stored.
   */
  @Test
  void contentType_cannotBeEvaded() throws Exception {
    IssuedGrant grant =
        grants.issue(
            BodyType.FORM,
            request(UploadMethod.POST, RequestedVersion.V4, "grants/fixed.png", null));

    upload(grant, Map.of("content-type", "text/html"), "hello", "text/html");

    assertThat(callbacks.next(BodyType.FORM)).containsEntry("mimeType", "image/png");
  }

  /** Whatever the uploader changes in a presigned URL, OSS refuses it. */
  @ParameterizedTest
  @CsvSource({"V4", "V1"})
  void changedUrl_isRefused(RequestedVersion version) throws Exception {
    IssuedGrant grant =
        grants.issue(BodyType.FORM, request(UploadMethod.PUT, version, "grants/fixed.png", null));

    for (String url :
        List.of(
            grant.url().replace("fixed.png", "other.png"),
            grant.url().replaceFirst("callback-var=[^&]+", "callback-var=eyJ4Om5vdGUiOiJ5In0%3D"),
            grant.url().replaceFirst("([?&])callback=[^&]+&", "$1"))) {
      assertThat(put(url, "image/png", "hello").statusCode()).as(url).isEqualTo(403);
    }
    assertThat(put(grant.url(), "text/html", "hello").statusCode()).isEqualTo(403);
    assertThat(callbacks.received()).isEmpty();
  }
}
