package quayside.laptop.oss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.aliyun.sdk.service.oss2.OSSAsyncClient;
import com.aliyun.sdk.service.oss2.OSSClient;
import com.aliyun.sdk.service.oss2.credentials.StaticCredentialsProvider;
import com.aliyun.sdk.service.oss2.exceptions.OperationException;
import com.aliyun.sdk.service.oss2.exceptions.ServiceException;
import com.aliyun.sdk.service.oss2.models.AbortMultipartUploadRequest;
import com.aliyun.sdk.service.oss2.models.CompleteMultipartUpload;
import com.aliyun.sdk.service.oss2.models.CompleteMultipartUploadRequest;
import com.aliyun.sdk.service.oss2.models.DeleteObjectRequest;
import com.aliyun.sdk.service.oss2.models.GetObjectRequest;
import com.aliyun.sdk.service.oss2.models.HeadObjectRequest;
import com.aliyun.sdk.service.oss2.models.InitiateMultipartUploadRequest;
import com.aliyun.sdk.service.oss2.models.ListObjectsV2Request;
import com.aliyun.sdk.service.oss2.models.ListPartsRequest;
import com.aliyun.sdk.service.oss2.models.Part;
import com.aliyun.sdk.service.oss2.models.PutObjectRequest;
import com.aliyun.sdk.service.oss2.models.UploadPartRequest;
import com.aliyun.sdk.service.oss2.transport.BinaryData;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** alibabacloud-oss-v2 as it is, sync and async, against the stand-in. */
class SdkV2Test {
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

  static OSSClient client(String signature) {
    return client(signature, "local-secret");
  }

  static OSSClient client(String signature, String secret) {
    return OSSClient.newBuilder()
        .credentialsProvider(new StaticCredentialsProvider("local", secret))
        .region("cn-hangzhou")
        .endpoint(standIn.endpoint())
        .signatureVersion(signature)
        .usePathStyle(true)
        .build();
  }

  @ParameterizedTest
  @CsvSource({
    "v1, plain.txt",
    "v4, plain.txt",
    "v1, 'dir/a b+中文.txt'",
    "v4, 'dir/a b+中文.txt'",
    "v1, 'a/../b%2F|^.txt'",
    "v4, 'a/../b%2F|^.txt'",
    "v1, '..'",
    "v4, '..'",
    "v1, 'a//b/'",
    "v4, 'a//b/'",
    "v4, '~(*)!''&=?#'",
    "v1, '~(*)!''&=?#'"
  })
  void object_roundTripsUnderAwkwardKeys(String signature, String key) throws Exception {
    try (OSSClient client = client(signature)) {
      var put =
          client.putObject(
              PutObjectRequest.newBuilder()
                  .bucket("uploads")
                  .key(key)
                  .contentType("text/plain")
                  .metadata(Map.of("owner", "u42"))
                  .body(BinaryData.fromString("hello " + key))
                  .build());
      assertThat(put.statusCode()).isEqualTo(200);
      assertThat(put.eTag()).matches("\"[0-9A-F]{32}\"");

      try (var got =
          client.getObject(GetObjectRequest.newBuilder().bucket("uploads").key(key).build())) {
        assertThat(new String(got.body().readAllBytes(), StandardCharsets.UTF_8))
            .isEqualTo("hello " + key);
        assertThat(got.metadata()).containsEntry("owner", "u42");
      }
      var head =
          client.headObject(HeadObjectRequest.newBuilder().bucket("uploads").key(key).build());
      assertThat(head.contentLength())
          .isEqualTo(("hello " + key).getBytes(StandardCharsets.UTF_8).length);
      assertThat(head.contentType()).isEqualTo("text/plain");
      assertThat(head.eTag()).isEqualTo(put.eTag());

      client.deleteObject(DeleteObjectRequest.newBuilder().bucket("uploads").key(key).build());
      assertThatThrownBy(() ->
              client.headObject(HeadObjectRequest.newBuilder().bucket("uploads").key(key).build()))
          .isInstanceOf(OperationException.class)
          .cause()
          .isInstanceOfSatisfying(
              ServiceException.class, e -> assertThat(e.statusCode()).isEqualTo(404));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1", "v4"})
  void async_putsAndGets(String signature) throws Exception {
    try (OSSAsyncClient client =
        OSSAsyncClient.newBuilder()
            .credentialsProvider(new StaticCredentialsProvider("local", "local-secret"))
            .region("cn-hangzhou")
            .endpoint(standIn.endpoint())
            .signatureVersion(signature)
            .usePathStyle(true)
            .build()) {
      var request =
          PutObjectRequest.newBuilder()
              .bucket("uploads")
              .key("async.txt")
              .body(BinaryData.fromString("async"))
              .build();
      assertThat(client.putObjectAsync(request).get().statusCode()).isEqualTo(200);

      var get = GetObjectRequest.newBuilder().bucket("uploads").key("async.txt").build();
      try (var got = client.getObjectAsync(get).get()) {
        assertThat(new String(got.body().readAllBytes(), StandardCharsets.UTF_8))
            .isEqualTo("async");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1", "v4"})
  void listing_pagesThroughKeysAndGroupsInUtf8Order(String signature) throws Exception {
    try (OSSClient client = client(signature)) {
      String root = "list-" + signature + "/";
      List<String> keys =
          List.of(
              "a b+c.txt",
              "b/1",
              "b/2",
              "c/1",
              "d",
              "中/文",
              "\uFF5E",
              "\uD83D\uDE00"); // UTF-16 differs
      for (String key : keys) {
        put(client, root + key, "x");
      }

      var listed = new ArrayList<String>();
      String token = null;
      do {
        var request =
            ListObjectsV2Request.newBuilder()
                .bucket("uploads")
                .prefix(root)
                .delimiter("/")
                .maxKeys(2L);
        if (token != null) {
          request.continuationToken(token);
        }
        var page = client.listObjectsV2(request.build());
        assertThat(page.keyCount()).isLessThanOrEqualTo(2);
        if (page.contents() != null) {
          page.contents().forEach(o -> listed.add(o.key()));
        }
        if (page.commonPrefixes() != null) {
          page.commonPrefixes().forEach(p -> listed.add(p.prefix()));
        }
        token = Boolean.TRUE.equals(page.isTruncated()) ? page.nextContinuationToken() : null;
      } while (token != null);

      assertThat(listed)
          .containsExactlyInAnyOrder(
              root + "a b+c.txt",
              root + "b/",
              root + "c/",
              root + "d",
              root + "中/",
              root + "\uFF5E",
              root + "\uD83D\uDE00");
      assertThat(listed.indexOf(root + "\uFF5E")).isLessThan(listed.indexOf(root + "\uD83D\uDE00"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1", "v4"})
  void multipart_listsPartsAndJoinsThem(String signature) throws Exception {
    try (OSSClient client = client(signature)) {
      String key = "multi part+" + signature + ".bin";
      String id = initiate(client, key);
      byte[] first = "1".repeat(100 * 1024).getBytes(StandardCharsets.UTF_8);
      Part one = uploadPart(client, key, id, 1, first);
      Part two = uploadPart(client, key, id, 2, "tail".getBytes(StandardCharsets.UTF_8));

      var parts =
          client.listParts(
              ListPartsRequest.newBuilder().bucket("uploads").key(key).uploadId(id).build());
      assertThat(parts.parts()).extracting(Part::partNumber).containsExactly(1L, 2L);

      var done = complete(client, key, id, List.of(one, two)).build();
      var result = client.completeMultipartUpload(done).completeMultipartUpload();
      assertThat(result.eTag()).matches("\"[0-9A-F]{32}-2\"");
      assertThat(result.key()).isEqualTo(key);
      try (var got =
          client.getObject(
              GetObjectRequest.newBuilder()
                  .bucket("uploads")
                  .key(key)
                  .range("bytes=102398-")
                  .build())) {
        assertThat(got.statusCode()).isEqualTo(206);
        assertThat(new String(got.body().readAllBytes(), StandardCharsets.UTF_8))
            .isEqualTo("11tail");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1", "v4"})
  void multipart_abortForgetsTheUpload(String signature) throws Exception {
    try (OSSClient client = client(signature)) {
      String id = initiate(client, "aborted.bin");
      client.abortMultipartUpload(
          AbortMultipartUploadRequest.newBuilder()
              .bucket("uploads")
              .key("aborted.bin")
              .uploadId(id)
              .build());

      assertRefused(
          () -> uploadPart(client, "aborted.bin", id, 1, new byte[] {1}), 404, "NoSuchUpload", "");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1", "v4"})
  void multipart_callbackAnswerReplacesTheXml(String signature) throws Exception {
    try (OSSClient client = client(signature);
        CallbackReceiver receiver = CallbackReceiver.answering(CallbackReceiver.OK)) {
      String id = initiate(client, "mp.bin");
      Part one = uploadPart(client, "mp.bin", id, 1, "whole".getBytes(StandardCharsets.UTF_8));
      var result =
          client.completeMultipartUpload(
              complete(client, "mp.bin", id, List.of(one))
                  .callback(
                      callback(
                          receiver,
                          "o=${object}&s=${size}&e=${etag}&op=${operation}&m=${contentMd5}"))
                  .build());

      assertThat(result.callbackResult()).isEqualTo("{\"Status\":\"OK\"}");
      assertThat(receiver.only().body())
          .matches("o=mp\\.bin&s=5&e=[0-9A-F]{32}-1&op=CompleteMultipartUpload&m=");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1", "v4"})
  void callback_isSignedAndItsAnswerReachesTheUploader(String signature) throws Exception {
    try (OSSClient client = client(signature);
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
                          receiver, "bucket=${bucket}&object=${object}&uid=${x:uid}&req=${reqId}"))
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
    try (OSSClient client = client(signature);
        HttpClient http = HttpClient.newHttpClient();
        CallbackReceiver receiver = CallbackReceiver.answering(CallbackReceiver.OK)) {
      var presigned =
          client.presign(
              PutObjectRequest.newBuilder()
                  .bucket("uploads")
                  .key("signed 中.txt")
                  .contentType("text/plain")
                  .callback(callback(receiver, "object=${object}"))
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
  void wrongSecret_isRefused(String signature) throws Exception {
    try (OSSClient client = client(signature, "wrong")) {
      assertRefused(() -> put(client, "never.txt", "x"), 403, "SignatureDoesNotMatch", "");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1", "v4"})
  void badCallback_refusesTheUploadItself(String signature) throws Exception {
    try (OSSClient client = client(signature)) {
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

  private static void assertRefused(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call,
      int status,
      String code,
      String ec) {
    assertThatThrownBy(call)
        .isInstanceOf(OperationException.class)
        .cause()
        .isInstanceOfSatisfying(
            ServiceException.class,
            e -> {
              assertThat(e.statusCode()).isEqualTo(status);
              assertThat(e.errorCode()).isEqualTo(code);
              assertThat(e.ec()).isEqualTo(ec);
              assertThat(e.requestId()).matches("[0-9A-F]{24}");
            });
  }

  private static void put(OSSClient client, String key, String text) {
    client.putObject(
        PutObjectRequest.newBuilder()
            .bucket("uploads")
            .key(key)
            .body(BinaryData.fromString(text))
            .build());
  }

  private static String initiate(OSSClient client, String key) {
    return client
        .initiateMultipartUpload(
            InitiateMultipartUploadRequest.newBuilder().bucket("uploads").key(key).build())
        .initiateMultipartUpload()
        .uploadId();
  }

  private static Part uploadPart(
      OSSClient client, String key, String id, long number, byte[] bytes) {
    var result =
        client.uploadPart(
            UploadPartRequest.newBuilder()
                .bucket("uploads")
                .key(key)
                .uploadId(id)
                .partNumber(number)
                .body(BinaryData.fromBytes(bytes))
                .build());
    return Part.newBuilder().partNumber(number).eTag(result.eTag()).build();
  }

  private static CompleteMultipartUploadRequest.Builder complete(
      OSSClient client, String key, String id, List<Part> parts) {
    return CompleteMultipartUploadRequest.newBuilder()
        .bucket("uploads")
        .key(key)
        .uploadId(id)
        .completeMultipartUpload(CompleteMultipartUpload.newBuilder().parts(parts).build());
  }

  private static String callback(CallbackReceiver receiver, String body) {
    return base64(
        "{\"callbackUrl\":\"" + receiver.url("/cb?k=1") + "\",\"callbackBody\":\"" + body + "\"}");
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
