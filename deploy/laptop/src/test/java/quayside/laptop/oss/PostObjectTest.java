package quayside.laptop.oss;

import static org.assertj.core.api.Assertions.assertThat;
import static quayside.laptop.oss.CallbackParameters.callback;
import static quayside.laptop.oss.FormClient.form;
import static quayside.laptop.oss.FormClient.signed;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Browser forms and the objects and callbacks they become. */
class PostObjectTest {
  @TempDir static Path data;
  static OssStandIn standIn;
  static SignedClient client;
  static FormClient browser;

  @BeforeAll
  static void start() throws Exception {
    standIn = OssStandIn.start(OssStandInConfig.at(data).withPort(0));
    client = new SignedClient(standIn.endpoint());
    browser = new FormClient(standIn.endpoint());
  }

  @AfterAll
  static void stop() {
    browser.close();
    client.close();
    standIn.close();
  }

  @ParameterizedTest
  @CsvSource({"'', 204", "204, 204", "200, 200", "201, 201", "302, 204"})
  void successStatus_isTheOneAskedFor(String asked, int status) throws Exception {
    Map<String, String> fields = signed("dir/${filename}", "[\"starts-with\",\"$key\",\"dir/\"]");
    if (!asked.isEmpty()) {
      fields.put("success_action_status", asked);
    }
    HttpResponse<String> answer =
        browser.post(
            "/uploads",
            fields,
            "C:\\fake\\照 片+" + status + ".txt",
            "text/plain",
            "hello oss callback");

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("ETag"))
        .contains("\"87F9E0192C4DD82681271D9E38FB0E84\"");
    assertThat(answer.body().contains("<PostResponse><Bucket>uploads</Bucket>"))
        .isEqualTo(status == 201);
    HttpResponse<String> stored = client.get("dir/照 片+" + status + ".txt");
    assertThat(stored.body()).isEqualTo("hello oss callback");
    assertThat(stored.headers().firstValue("Content-Type")).contains("text/plain");
  }

  @Test
  void headersAndMetadata_comeFromFields_andTheTypeFromXOssContentTypeFirst() throws Exception {
    Map<String, String> fields = signed("typed", "[\"in\",\"$content-type\",[\"image/png\"]]");
    fields.put("x-oss-content-type", "image/png");
    fields.put("x-oss-meta-tag", "t");
    fields.put("Cache-Control", "no-store");
    assertThat(browser.post("/uploads", fields, "f", "text/html", "x").statusCode()).isEqualTo(204);
    HttpResponse<String> stored = client.get("typed");
    assertThat(stored.headers().firstValue("Content-Type")).contains("image/png");
    assertThat(stored.headers().firstValue("x-oss-meta-tag")).contains("t");
    assertThat(stored.headers().firstValue("Cache-Control")).contains("no-store");
  }

  @Test
  void fieldsAfterTheFile_areIgnored() throws Exception {
    Map<String, String> fields = signed("after.txt", "{\"bucket\":\"uploads\"}");
    byte[] body =
        form(
            fields,
            "f",
            "text/plain",
            "hello",
            Map.of("key", "elsewhere.txt", "callback", "!!!", "x-oss-meta-late", "1"));

    assertThat(browser.post("/uploads", body).statusCode()).isEqualTo(204);
    assertThat(client.get("elsewhere.txt").statusCode()).isEqualTo(404);
    assertThat(client.get("after.txt").headers().firstValue("x-oss-meta-late")).isEmpty();
  }

  @Test
  void callbackField_isPerformedWithTheFormsVariables() throws Exception {
    try (CallbackReceiver receiver = CallbackReceiver.answering(CallbackReceiver.OK)) {
      Map<String, String> fields = signed("k.txt", "{\"bucket\":\"uploads\"}");
      fields.put("success_action_status", "201");
      fields.put(
          "callback",
          callback(
              receiver.url("/cb"), "op=${operation}&o=${object}&v=${x:my_var}&m=${contentMd5}"));
      fields.put("x:my_var", "value 1 中文&\"q\"");
      fields.put("x:uid", "42");
      HttpResponse<String> answer =
          browser.post("/uploads", fields, "a b.txt", "text/plain", "hello");

      assertThat(answer.statusCode())
          .as("the callback decides, not success_action_status")
          .isEqualTo(200);
      assertThat(answer.body()).isEqualTo("{\"Status\":\"OK\"}");
      assertThat(receiver.only().body())
          .isEqualTo("op=PostObject&o=k.txt&v=value%201%20%E4%B8%AD%E6%96%87%26%22q%22&m=");
      assertThat(receiver.only().isSignedWith(standIn.publicKeyFile())).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/uploads", "/uploads/"})
  void bucket_isFoundInThePathOrTakenFromTheHost(String path) throws Exception {
    Map<String, String> fields = signed("addressed" + path.length(), "{\"bucket\":\"uploads\"}");
    try (var byName = new FormClient(standIn.endpoint().replace("127.0.0.1", "localhost"))) {
      assertThat(byName.post(path, fields, "f", "text/plain", "x").statusCode()).isEqualTo(204);
    }
  }
}
