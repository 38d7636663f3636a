package quayside.laptop.oss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static quayside.laptop.oss.SdkV2.assertRefused;

import com.aliyun.sdk.service.oss2.OSSAsyncClient;
import com.aliyun.sdk.service.oss2.OSSClient;
import com.aliyun.sdk.service.oss2.credentials.StaticCredentialsProvider;
import com.aliyun.sdk.service.oss2.exceptions.OperationException;
import com.aliyun.sdk.service.oss2.exceptions.ServiceException;
import com.aliyun.sdk.service.oss2.models.DeleteObjectRequest;
import com.aliyun.sdk.service.oss2.models.GetObjectRequest;
import com.aliyun.sdk.service.oss2.models.HeadObjectRequest;
import com.aliyun.sdk.service.oss2.models.ListObjectsV2Request;
import com.aliyun.sdk.service.oss2.models.PutObjectRequest;
import com.aliyun.sdk.service.oss2.transport.BinaryData;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
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
    try (OSSClient client = SdkV2.client(standIn, signature)) {
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
    try (OSSClient client = SdkV2.client(standIn, signature)) {
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
  void wrongSecret_isRefused(String signature) throws Exception {
    try (OSSClient client = SdkV2.client(standIn, signature, "wrong")) {
      assertRefused(() -> put(client, "never.txt", "x"), 403, "SignatureDoesNotMatch", "");
    }
  }

  private static void put(OSSClient client, String key, String text) {
    client.putObject(
        PutObjectRequest.newBuilder()
            .bucket("uploads")
            .key(key)
            .body(BinaryData.fromString(text))
            .build());
  }
}
