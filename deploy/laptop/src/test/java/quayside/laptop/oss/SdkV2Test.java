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
    "v1, plain.txt", "v4, plain.txt", "v1, 'dir/a b+中文.txt'", "v4, 'dir/a b+中文.txt'", "v1, 'a/../b%2F|^.txt'",
    "v4, 'a/../b%2F|^.txt'", "v1, '..'", "v4, '..'", "v1, 'a//b/'", "v4, 'a//b/'", "v4, '~(*)!''&=?#'", "v1, '~(*)!''&=?#'"
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

      try (var got = client.getObject(GetObjectRequest.newBuilder().bucket("uploads").key(key).build())) {
        assertThat(new String(got.body().readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("hello " + key);
        assertThat(got.metadata()).containsEntry("owner", "u42");
      }
      var head = client.headObject(HeadObjectRequest.newBuilder().bucket("uploads").key(key).build());
      assertThat(head.contentLength()).isEqualTo(("hello " + key).getBytes(StandardCharsets.UTF_8).length);
      assertThat(head.contentType()).isEqualTo("text/plain");
      assertThat(head.eTag()).isEqualTo(put.eTag());

      client.deleteObject(DeleteObjectRequest.newBuilder().bucket("uploads").key(key).build());
      assertThatThrownBy(() -> client.headObject(HeadObjectRequest.newBuilder().bucket("uploads").key(key).build()))
          .isInstanceOf(OperationException.class)
          .cause()
          .isInstanceOfSatisfying(ServiceException.class, e -> assertThat(e.statusCode()).isEqualTo(404));
    }
  }
}
