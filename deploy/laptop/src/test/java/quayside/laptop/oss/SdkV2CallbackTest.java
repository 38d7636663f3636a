package quayside.laptop.oss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static quayside.laptop.oss.CallbackParameters.base64;
import static quayside.laptop.oss.CallbackParameters.callback;
import static quayside.laptop.oss.SdkV2.assertRefused;

import com.aliyun.sdk.service.oss2.OSSClient;
import com.aliyun.sdk.service.oss2.models.HeadObjectRequest;
import com.aliyun.sdk.service.oss2.models.PutObjectRequest;
import com.aliyun.sdk.service.oss2.transport.BinaryData;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Uploads with a callback by alibabacloud-oss-v2 as it is, against the stand-in. */
class SdkV2CallbackTest {
  @TempDir static Path data;
  static OssStandIn standIn;

  @BeforeAll
  static void start() throws Exception {
    standIn = OssStandIn.start(OssStandInConfig.at(data).withPort(0));
  }

  @AfterAll
  static void stop() {
    standIn.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1", "v4"})
  void callback_isSignedAndItsAnswerReachesTheUploader(String signature) throws Exception {
    try (OSSClient client = SdkV2.client(standIn, signature);
        CallbackReceiver receiver = CallbackReceiver.answering(CallbackReceiver.OK)) {
      var result =
          client.putObject(
              PutObjectRequest.newBuilder()
                  .bucket("uploads")
                  .key("dir/a b+中.txt")
                  .contentType("text/plain")
                  .body(BinaryData.fromString("hello oss callback"))
                  .callback(
                      callback(
                          receiver.url("/cb?k=1"),
                          "bucket=${bucket}&object=${object}&uid=${x:uid}&req=${reqId}"))
                  .callbackVar(base64("{\"x:uid\":\"4 2\",\"x:unused\":\"never\"}"))
                  .build());

      assertThat(result.callbackResult()).isEqualTo("{\"Status\":\"OK\"}");
      assertThat(result.eTag()).isEqualTo("\"87F9E0192C4DD82681271D9E38FB0E84\"");
      RawRequest callback = receiver.only();
      assertThat(callback.isSignedWith(standIn.publicKeyFile())).isTrue();
      assertThat(callback.field("bucket")).isEqualTo("uploads");
      assertThat(callback.field("object")).isEqualTo("dir/a b+中.txt");
      assertThat(callback.field("uid")).isEqualTo("4 2");
      assertThat(callback.field("req")).isEqualTo(result.requestId());
      assertThat(callback.body()).doesNotContain("never");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1", "v4"})
  void presignedPut_worksOnceSignedHeadersAreSent_andNotOtherwise(String signature)
      throws Exception {
    try (OSSClient client = SdkV2.client(standIn, signature);
        HttpClient http = HttpClient.newHttpClient();
        CallbackReceiver receiver = CallbackReceiver.answering(CallbackReceiver.OK)) {
      var presigned =
          client.presign(
              PutObjectRequest.newBuilder()
                  .bucket("uploads")
                  .key("signed 中.txt")
                  .contentType("text/plain")
                  .callback(callback(receiver.url("/cb?k=1"), "object=${object}"))
                  .build());
      var request =
          HttpRequest.newBuilder(URI.create(presigned.url()))
              .PUT(HttpRequest.BodyPublishers.ofString("signed"));
      presigned.signedHeaders().orElseThrow().forEach(request::header);

      var accepted = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      assertThat(accepted.statusCode()).isEqualTo(200);
      assertThat(accepted.body()).isEqualTo("{\"Status\":\"OK\"}");
      assertThat(receiver.only().field("object")).isEqualTo("signed 中.txt");

      var without =
          HttpRequest.newBuilder(URI.create(presigned.url()))
              .PUT(HttpRequest.BodyPublishers.ofString("other"));
      var refused = http.send(without.build(), HttpResponse.BodyHandlers.ofString());
      assertThat(refused.statusCode()).isEqualTo(403);
      assertThat(refused.body()).contains("<Code>SignatureDoesNotMatch</Code>", "<StringToSign>");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1", "v4"})
  void badCallback_refusesTheUploadItself(String signature) throws Exception {
    try (OSSClient client = SdkV2.client(standIn, signature)) {
      var request =
          PutObjectRequest.newBuilder()
              .bucket("uploads")
              .key("refused-" + signature)
              .body(BinaryData.fromString("x"))
              .callback("not base64!")
              .build();

      assertRefused(() -> client.putObject(request), 400, "InvalidArgument", "0007-00000002");
      assertThatThrownBy(() ->
              client.headObject(
                  HeadObjectRequest.newBuilder()
                      .bucket("uploads")
                      .key("refused-" + signature)
                      .build()))
          .hasMessageContaining("404");
    }
  }
}
