package quayside.laptop.oss;

import static org.assertj.core.api.Assertions.assertThat;
import static quayside.laptop.oss.CallbackParameters.callback;
import static quayside.laptop.oss.SdkV2.assertRefused;

import com.aliyun.sdk.service.oss2.OSSClient;
import com.aliyun.sdk.service.oss2.models.AbortMultipartUploadRequest;
import com.aliyun.sdk.service.oss2.models.CompleteMultipartUpload;
import com.aliyun.sdk.service.oss2.models.CompleteMultipartUploadRequest;
import com.aliyun.sdk.service.oss2.models.GetObjectRequest;
import com.aliyun.sdk.service.oss2.models.InitiateMultipartUploadRequest;
import com.aliyun.sdk.service.oss2.models.ListPartsRequest;
import com.aliyun.sdk.service.oss2.models.Part;
import com.aliyun.sdk.service.oss2.models.UploadPartRequest;
import com.aliyun.sdk.service.oss2.transport.BinaryData;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Uploads in parts by alibabacloud-oss-v2 as it is, against the stand-in. */
class SdkV2MultipartTest {
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
  void multipart_listsPartsAndJoinsThem(String signature) throws Exception {
    try (OSSClient client = SdkV2.client(standIn, signature)) {
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
    try (OSSClient client = SdkV2.client(standIn, signature)) {
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
    try (OSSClient client = SdkV2.client(standIn, signature);
        CallbackReceiver receiver = CallbackReceiver.answering(CallbackReceiver.OK)) {
      String id = initiate(client, "mp.bin");
      Part one = uploadPart(client, "mp.bin", id, 1, "whole".getBytes(StandardCharsets.UTF_8));
      var result =
          client.completeMultipartUpload(
              complete(client, "mp.bin", id, List.of(one))
                  .callback(
                      callback(
                          receiver.url("/cb?k=1"),
                          "o=${object}&s=${size}&e=${etag}&op=${operation}&m=${contentMd5}"))
                  .build());

      assertThat(result.callbackResult()).isEqualTo("{\"Status\":\"OK\"}");
      assertThat(receiver.only().body())
          .matches("o=mp\\.bin&s=5&e=[0-9A-F]{32}-1&op=CompleteMultipartUpload&m=");
    }
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
}
