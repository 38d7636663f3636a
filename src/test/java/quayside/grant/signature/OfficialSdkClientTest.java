package quayside.grant.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static quayside.grant.signature.ComparedUploads.QUERIES;
import static quayside.grant.signature.ComparedUploads.VALIDITY;
import static quayside.grant.signature.ComparedUploads.presigner;
import static quayside.grant.signature.UploadVectorsTest.query;

import com.aliyun.sdk.service.oss2.OSSClient;
import com.aliyun.sdk.service.oss2.PresignOptions;
import com.aliyun.sdk.service.oss2.credentials.StaticCredentialsProvider;
import com.aliyun.sdk.service.oss2.models.AbortMultipartUploadRequest;
import com.aliyun.sdk.service.oss2.models.CompleteMultipartUploadRequest;
import com.aliyun.sdk.service.oss2.models.InitiateMultipartUploadRequest;
import com.aliyun.sdk.service.oss2.models.PresignResult;
import com.aliyun.sdk.service.oss2.models.PutObjectRequest;
import com.aliyun.sdk.service.oss2.models.UploadPartRequest;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The same uploads, presigned by us and by the client of Alibaba's own SDK. */
@NullUnmarked // A null where none belongs fails the test.
class OfficialSdkClientTest {
  /**
   * Through the SDK's front door, which takes its own time: ours is signed for the time the SDK
   * chose.
   */
  @ParameterizedTest
  @EnumSource(SignatureVersion.class)
  void put_isPresignedAsTheSdkClient(SignatureVersion version) throws Exception {
    Credentials credentials = new Credentials("LTAIexample", "secret", null);
    PutObjectRequest request =
        PutObjectRequest.newBuilder()
            .bucket("photos")
            .key("a b/照片+.png")
            .contentType("image/png")
            .build();
    PresignResult theirs;
    try (OSSClient client =
        OSSClient.newBuilder()
            .region("cn-hangzhou")
            .signatureVersion(version.name().toLowerCase(java.util.Locale.ROOT))
            .credentialsProvider(new StaticCredentialsProvider("LTAIexample", "secret"))
            .build()) {
      theirs = client.presign(request, PresignOptions.newBuilder().expiration(VALIDITY).build());
    }
    Map<String, String> query = query(URI.create(theirs.url()));

    PresignedRequest ours =
        presigner(credentials, signingTime(version, query))
            .presign(
                RequestToSign.put(
                    "photos",
                    "a b/照片+.png",
                    Map.of("content-type", "image/png"),
                    Map.of(),
                    validity(query)),
                version);

    assertThat(query(ours.url())).isEqualTo(query);
    assertThat(ours.url().getRawPath()).isEqualTo(URI.create(theirs.url()).getRawPath());
    assertThat(ours.url().getHost()).isEqualTo(URI.create(theirs.url()).getHost());
  }

  /** Through the SDK's front door, which knows the operations by their names. */
  @ParameterizedTest
  @MethodSource("quayside.grant.signature.ComparedUploads#requestsOfAnUploadInParts")
  void requestOfAnUploadInParts_isPresignedAsTheSdkClient(
      SignatureVersion version, UploadOperation operation, String securityToken) throws Exception {
    Credentials credentials = new Credentials("LTAIexample", "secret", securityToken);
    PresignResult theirs;
    try (OSSClient client =
        OSSClient.newBuilder()
            .region("cn-hangzhou")
            .signatureVersion(version.name().toLowerCase(java.util.Locale.ROOT))
            .credentialsProvider(
                new StaticCredentialsProvider("LTAIexample", "secret", securityToken))
            .build()) {
      theirs = presignedBySdk(client, operation);
    }
    Map<String, String> query = query(URI.create(theirs.url()));
    Map<String, String> headers = new HashMap<>();
    theirs
        .signedHeaders()
        .orElse(Map.of())
        .forEach((name, value) -> headers.put(name.toLowerCase(java.util.Locale.ROOT), value));

    PresignedRequest ours =
        presigner(credentials, signingTime(version, query))
            .presign(
                new RequestToSign(
                    operation,
                    "photos",
                    "a b/照片+.png",
                    headers,
                    withoutCallback(QUERIES.get(operation)),
                    validity(query)),
                version);

    assertThat(query(ours.url())).isEqualTo(query);
    assertThat(ours.url().getRawPath()).isEqualTo(URI.create(theirs.url()).getRawPath());
    assertThat(theirs.method()).isEqualTo(operation.method());
  }

  private static PresignResult presignedBySdk(OSSClient client, UploadOperation operation) {
    PresignOptions options = PresignOptions.newBuilder().expiration(VALIDITY).build();
    String key = "a b/照片+.png";
    return switch (operation) {
      case INITIATE_MULTIPART_UPLOAD ->
          client.presign(
              InitiateMultipartUploadRequest.newBuilder()
                  .bucket("photos")
                  .key(key)
                  .contentType("image/png")
                  .build(),
              options);
      case UPLOAD_PART ->
          client.presign(
              UploadPartRequest.newBuilder()
                  .bucket("photos")
                  .key(key)
                  .uploadId("0004B999EF5A")
                  .partNumber(12L)
                  .build(),
              options);
      case COMPLETE_MULTIPART_UPLOAD ->
          client.presign(
              CompleteMultipartUploadRequest.newBuilder()
                  .bucket("photos")
                  .key(key)
                  .uploadId("0004B999EF5A")
                  .build(),
              options);
      case ABORT_MULTIPART_UPLOAD ->
          client.presign(
              AbortMultipartUploadRequest.newBuilder()
                  .bucket("photos")
                  .key(key)
                  .uploadId("0004B999EF5A")
                  .build(),
              options);
      case PUT_OBJECT -> throw new IllegalArgumentException("has a test of its own");
    };
  }

  /** The SDK sends it in a header. */
  private static Map<String, String> withoutCallback(Map<String, String> query) {
    Map<String, String> rest = new HashMap<>(query);
    rest.keySet().removeIf(name -> name.startsWith("callback"));
    return rest;
  }

  private static Instant signingTime(SignatureVersion version, Map<String, String> query) {
    return switch (version) {
      case V4 ->
          Instant.parse(
              query
                  .get("x-oss-date")
                  .replaceFirst("(....)(..)(..)T(..)(..)(..)Z", "$1-$2-$3T$4:$5:$6Z"));
      case V1 -> Instant.ofEpochSecond(Long.parseLong(query.get("Expires"))).minus(VALIDITY);
    };
  }

  // The SDK counts the seconds from the moment after it built the request, so it may say one less.
  private static Duration validity(Map<String, String> query) {
    String expires = query.get("x-oss-expires");
    return expires == null ? VALIDITY : Duration.ofSeconds(Long.parseLong(expires));
  }
}
