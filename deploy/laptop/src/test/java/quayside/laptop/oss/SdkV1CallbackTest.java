package quayside.laptop.oss;

import static org.assertj.core.api.Assertions.assertThat;
import static quayside.laptop.oss.CallbackParameters.base64;
import static quayside.laptop.oss.CallbackParameters.callback;
import static quayside.laptop.oss.SdkV1.assertCode;
import static quayside.laptop.oss.SdkV1.stream;

import com.aliyun.oss.HttpMethod;
import com.aliyun.oss.OSS;
import com.aliyun.oss.common.comm.SignVersion;
import com.aliyun.oss.model.Callback;
import com.aliyun.oss.model.CompleteMultipartUploadRequest;
import com.aliyun.oss.model.GeneratePresignedUrlRequest;
import com.aliyun.oss.model.InitiateMultipartUploadRequest;
import com.aliyun.oss.model.PutObjectRequest;
import com.aliyun.oss.model.UploadPartRequest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Uploads with a callback by aliyun-sdk-oss (the V1 SDK) as it is, against the stand-in. */
class SdkV1CallbackTest {
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
  @EnumSource(names = {"V1", "V4"})
  void jsonCallback_preEscapedAsThisSdkNeedsIt_isDelivered(SignVersion version) throws Exception {
    OSS client = SdkV1.client(standIn, version);
    try (CallbackReceiver receiver = CallbackReceiver.answering(CallbackReceiver.OK)) {
      var put = new PutObjectRequest("uploads", "dir/a b+中.txt", stream("hello oss callback"));
      put.setCallback(
          callback(
              receiver,
              "{\\\"object\\\":${object},\\\"size\\\":${size},\\\"uid\\\":${x:uid}}",
              Callback.CalbackBodyType.JSON));
      var result = client.putObject(put);

      assertThat(result.getResponse().getContent().readAllBytes())
          .asString()
          .isEqualTo("{\"Status\":\"OK\"}");
      assertThat(receiver.only().body())
          .isEqualTo("{\"object\":\"dir/a b+中.txt\",\"size\":18,\"uid\":\"42\"}");
      assertThat(receiver.only().header("Content-Type")).isEqualTo("application/json");
    }
    client.shutdown();
  }

  /**
   * The accident most often reported for this SDK: it writes the callback JSON without escaping.
   */
  @ParameterizedTest
  @EnumSource(names = {"V1", "V4"})
  void jsonCallback_notEscaped_isRefusedAsInvalidJson(SignVersion version) throws Exception {
    OSS client = SdkV1.client(standIn, version);
    try (CallbackReceiver receiver = CallbackReceiver.answering(CallbackReceiver.OK)) {
      var put = new PutObjectRequest("uploads", "unescaped.txt", stream("x"));
      put.setCallback(callback(receiver, "{\"object\":${object}}", Callback.CalbackBodyType.JSON));

      assertCode("InvalidArgument", () -> client.putObject(put));
      assertThat(receiver.received()).isEmpty();
    }
    client.shutdown();
  }

  @ParameterizedTest
  @EnumSource(names = {"V1", "V4"})
  void multipart_withCallback_handsOverTheReceiversAnswer(SignVersion version) throws Exception {
    OSS client = SdkV1.client(standIn, version);
    try (CallbackReceiver receiver = CallbackReceiver.answering(CallbackReceiver.OK)) {
      String id =
          client
              .initiateMultipartUpload(new InitiateMultipartUploadRequest("uploads", "mp.bin"))
              .getUploadId();
      var part = new UploadPartRequest("uploads", "mp.bin", id, 1, stream("whole"), 5);
      var tags = new ArrayList<>(List.of(client.uploadPart(part).getPartETag()));
      var complete = new CompleteMultipartUploadRequest("uploads", "mp.bin", id, tags);
      complete.setCallback(callback(receiver, "size=${size}", Callback.CalbackBodyType.URL));
      var result = client.completeMultipartUpload(complete);

      assertThat(result.getResponse().getContent().readAllBytes())
          .asString()
          .isEqualTo("{\"Status\":\"OK\"}");
      assertThat(receiver.only().body()).isEqualTo("size=5");
    }
    client.shutdown();
  }

  @ParameterizedTest
  @EnumSource(names = {"V1", "V4"})
  void presignedUrl_carriesTheCallbackInItsQuery(SignVersion version) throws Exception {
    OSS client = SdkV1.client(standIn, version);
    try (HttpClient http = HttpClient.newHttpClient();
        CallbackReceiver receiver = CallbackReceiver.answering(CallbackReceiver.OK)) {
      var request = new GeneratePresignedUrlRequest("uploads", "dir/signed 中+.txt", HttpMethod.PUT);
      request.setExpiration(Date.from(Instant.now().plus(Duration.ofMinutes(10))));
      request.setContentType("text/plain");
      String json =
          "{\"callbackUrl\":\""
              + receiver.url("/cb")
              + "\",\"callbackBody\":\"o=${object}&u=${x:uid}\"}";
      request.addQueryParameter("callback", base64(json));
      request.addQueryParameter("callback-var", base64("{\"x:uid\":\">>>???\"}"));
      URI url = client.generatePresignedUrl(request).toURI();

      var answer = http.send(put(url, "text/plain"), HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo("{\"Status\":\"OK\"}");
      assertThat(receiver.only().field("o")).isEqualTo("dir/signed 中+.txt");
      assertThat(receiver.only().field("u")).isEqualTo(">>>???");

      var tampered = URI.create(url.toString().replaceFirst("signed", "other"));
      assertThat(
              http.send(put(tampered, "text/plain"), HttpResponse.BodyHandlers.ofString())
                  .statusCode())
          .isEqualTo(403);
    }
    client.shutdown();
  }

  private static HttpRequest put(URI url, String contentType) {
    return HttpRequest.newBuilder(url)
        .header("Content-Type", contentType)
        .PUT(HttpRequest.BodyPublishers.ofString("signed"))
        .build();
  }

  private static Callback callback(
      CallbackReceiver receiver, String body, Callback.CalbackBodyType type) {
    var callback = new Callback();
    callback.setCallbackUrl(receiver.url("/cb"));
    callback.setCallbackBody(body);
    callback.setCalbackBodyType(type);
    callback.addCallbackVar("x:uid", "42");
    return callback;
  }
}
