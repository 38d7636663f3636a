package quayside.laptop.oss;

import static org.assertj.core.api.Assertions.assertThat;
import static quayside.laptop.oss.SdkV1.assertCode;
import static quayside.laptop.oss.SdkV1.stream;

import com.aliyun.oss.OSS;
import com.aliyun.oss.common.comm.SignVersion;
import com.aliyun.oss.model.CompleteMultipartUploadRequest;
import com.aliyun.oss.model.GetObjectRequest;
import com.aliyun.oss.model.InitiateMultipartUploadRequest;
import com.aliyun.oss.model.ListObjectsRequest;
import com.aliyun.oss.model.ListObjectsV2Request;
import com.aliyun.oss.model.OSSObject;
import com.aliyun.oss.model.OSSObjectSummary;
import com.aliyun.oss.model.ObjectMetadata;
import com.aliyun.oss.model.PartETag;
import com.aliyun.oss.model.UploadPartRequest;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** aliyun-sdk-oss (the V1 SDK) as it is, with both signature versions, against the stand-in. */
class SdkV1Test {
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
    "V1, 'dir/a b+中文.txt'",
    "V4, 'dir/a b+中文.txt'",
    "V1, 'a/../b%2F.txt'",
    "V4, 'a/../b%2F.txt'",
    "V1, '..'",
    "V4, '..'",
    "V1, 'a//b/'",
    "V4, 'a//b/'"
  })
  void object_roundTripsUnderAwkwardKeys(SignVersion version, String key) throws Exception {
    OSS client = SdkV1.client(standIn, version);
    var metadata = new ObjectMetadata();
    metadata.setContentType("text/plain");
    metadata.addUserMetadata("owner", "u42");
    metadata.setCacheControl("no-cache");
    var put = client.putObject("uploads", key, stream("hello oss callback"), metadata);

    assertThat(put.getETag()).isEqualTo("87F9E0192C4DD82681271D9E38FB0E84");
    assertThat(put.getRequestId()).matches("[0-9A-F]{24}");
    try (OSSObject got = client.getObject("uploads", key)) {
      assertThat(got.getObjectContent().readAllBytes())
          .isEqualTo("hello oss callback".getBytes(StandardCharsets.UTF_8));
      assertThat(got.getObjectMetadata().getUserMetadata()).containsEntry("owner", "u42");
      assertThat(got.getObjectMetadata().getCacheControl()).isEqualTo("no-cache");
    }
    var range = new GetObjectRequest("uploads", key);
    range.setRange(6, 8);
    try (OSSObject part = client.getObject(range)) {
      assertThat(part.getObjectContent().readAllBytes())
          .isEqualTo("oss".getBytes(StandardCharsets.UTF_8));
    }
    assertThat(client.headObject("uploads", key).getContentLength()).isEqualTo(18);
    assertThat(client.doesObjectExist("uploads", key)).isTrue();
    client.deleteObject("uploads", key);
    assertThat(client.doesObjectExist("uploads", key)).isFalse();
    client.shutdown();
  }

  @ParameterizedTest
  @EnumSource(names = {"V1", "V4"})
  void listing_pagesWithMarkerAndToken(SignVersion version) {
    OSS client = SdkV1.client(standIn, version);
    String root = "list " + version + "/";
    for (String key : List.of("a+b", "b/1", "b/2", "c", "d/1", "é")) {
      client.putObject("uploads", root + key, stream("x"));
    }
    var expected = List.of(root + "a+b", root + "b/", root + "c", root + "d/", root + "é");

    var byMarker = new ArrayList<String>();
    var request = new ListObjectsRequest("uploads", root, null, "/", 1);
    while (true) {
      var page = client.listObjects(request);
      page.getObjectSummaries().stream().map(OSSObjectSummary::getKey).forEach(byMarker::add);
      byMarker.addAll(page.getCommonPrefixes());
      if (!page.isTruncated()) {
        break;
      }
      request.setMarker(page.getNextMarker());
    }
    assertThat(byMarker).isEqualTo(expected);

    var byToken = new ArrayList<String>();
    var requestV2 =
        new ListObjectsV2Request("uploads").withPrefix(root).withDelimiter("/").withMaxKeys(1);
    while (true) {
      var page = client.listObjectsV2(requestV2);
      page.getObjectSummaries().stream().map(OSSObjectSummary::getKey).forEach(byToken::add);
      byToken.addAll(page.getCommonPrefixes());
      if (!page.isTruncated()) {
        break;
      }
      requestV2.setContinuationToken(page.getNextContinuationToken());
    }
    assertThat(byToken).isEqualTo(expected);
    client.shutdown();
  }

  @ParameterizedTest
  @EnumSource(names = {"V1", "V4"})
  void multipart_withWrongEtag_isRefused(SignVersion version) {
    OSS client = SdkV1.client(standIn, version);
    String id =
        client
            .initiateMultipartUpload(new InitiateMultipartUploadRequest("uploads", "bad.bin"))
            .getUploadId();
    client.uploadPart(new UploadPartRequest("uploads", "bad.bin", id, 1, stream("whole"), 5));
    var wrong = new ArrayList<>(List.of(new PartETag(1, "00000000000000000000000000000000")));

    assertCode(
        "InvalidPart",
        () ->
            client.completeMultipartUpload(
                new CompleteMultipartUploadRequest("uploads", "bad.bin", id, wrong)));
    client.shutdown();
  }

  @ParameterizedTest
  @EnumSource(names = {"V1", "V4"})
  void presignedUrl_canBeUsedByAPlainHttpConnection(SignVersion version) throws Exception {
    OSS client = SdkV1.client(standIn, version);
    client.putObject("uploads", "read.txt", stream("read me"));
    URI url =
        client
            .generatePresignedUrl(
                "uploads", "read.txt", Date.from(Instant.now().plus(Duration.ofMinutes(1))))
            .toURI();
    var connection = (HttpURLConnection) url.toURL().openConnection();

    assertThat(connection.getInputStream().readAllBytes()).asString().isEqualTo("read me");
    client.shutdown();
  }

  @ParameterizedTest
  @EnumSource(names = {"V1", "V4"})
  void wrongSecret_isRefused(SignVersion version) {
    OSS client = SdkV1.client(standIn, version, "wrong");
    assertCode("SignatureDoesNotMatch", () -> client.putObject("uploads", "never", stream("x")));
    client.shutdown();
  }

  @ParameterizedTest
  @EnumSource(names = {"V1", "V4"})
  void missing_isNamedAsOssNamesIt(SignVersion version) {
    OSS client = SdkV1.client(standIn, version);
    assertCode("NoSuchKey", () -> client.getObject("uploads", "nothing here"));
    assertCode("NoSuchBucket", () -> client.getObject("elsewhere", "k"));
    assertCode("NotImplemented", () -> client.copyObject("uploads", "a", "uploads", "b"));
    client.shutdown();
  }
}
