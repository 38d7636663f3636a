package quayside.grant;

import static org.assertj.core.api.Assertions.assertThat;
import static quayside.grant.StandInGrants.NOTE;
import static quayside.grant.StandInGrants.request;
import static quayside.grant.StandInGrants.verify;
import static quayside.grant.Uploader.upload;

import java.io.IOException;
import java.net.http.HttpResponse;
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
import quayside.grant.token.VerifiedGrant;

/**
 * Issued grants, used against the OSS stand-in, which checks signatures and policies and calls back
 * as OSS does; what it reports is then verified as the ingress would.
 */
@NullUnmarked // A null where none belongs fails the test.
class GrantedUploadTest {
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

  @ParameterizedTest
  @CsvSource({
    "POST,V4,FORM",
    "POST,V4,JSON",
    "POST,V1,FORM",
    "PUT,V4,FORM",
    "PUT,V4,JSON",
    "PUT,V1,FORM"
  })
  void upload_isAcceptedAndItsCallbackProven(
      UploadMethod method, RequestedVersion version, BodyType type) throws Exception {
    IssuedGrant grant = grants.issue(type, request(method, version, "grants/照片 \"a\"+b.png", null));

    HttpResponse<String> answer = upload(grant, Map.of(), "hello", "image/png");

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    Map<String, String> fields = callbacks.next(type);
    assertThat(fields)
        .containsEntry("bucket", "uploads")
        .containsEntry("object", "grants/照片 \"a\"+b.png")
        .containsEntry("mimeType", "image/png")
        .containsEntry("size", "5")
        .containsEntry("x:note", NOTE);
    VerifiedGrant verified = verify(fields);
    assertThat(verified.id().text()).isEqualTo(grant.id());
    assertThat(verified.subject()).isEqualTo("alice");
  }

  @Test
  void formForAPrefix_takesTheNameOfTheFile() throws Exception {
    IssuedGrant grant =
        grants.issue(
            BodyType.FORM, request(UploadMethod.POST, RequestedVersion.V4, null, "grants/"));

    HttpResponse<String> answer = upload(grant, Map.of(), "hello", "image/png");

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    Map<String, String> fields = callbacks.next(BodyType.FORM);
    assertThat(fields).containsEntry("object", "grants/" + grant.id() + "/cat.png");
    assertThat(verify(fields).id().text()).isEqualTo(grant.id());
  }
}
