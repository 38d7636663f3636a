package quayside.grant.signature;

import static org.assertj.core.api.Assertions.assertThat;
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
import com.aliyun.sdk.service.oss2.signer.Signer;
import com.aliyun.sdk.service.oss2.signer.SignerV1;
import com.aliyun.sdk.service.oss2.signer.SignerV4;
import com.aliyun.sdk.service.oss2.signer.SigningContext;
import com.aliyun.sdk.service.oss2.transport.RequestMessage;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The same uploads, signed by us and by Alibaba's own SDK. */
@NullUnmarked // A null where none belongs fails the test.
class OfficialSdkTest {
  private static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");
  private static final Duration VALIDITY = Duration.ofSeconds(900);
  private static final Map<UploadOperation, Map<String, String>> QUERIES =
      Map.of(
          UploadOperation.INITIATE_MULTIPART_UPLOAD,
          Map.of("uploads", ""),
          UploadOperation.UPLOAD_PART,
          Map.of("uploadId", "0004B999EF5A", "partNumber", "12"),
          UploadOperation.COMPLETE_MULTIPART_UPLOAD,
          Map.of(
              "uploadId",
              "0004B999EF5A",
              "callback",
              "eyJhIjoifn5+Pz8/6ZSuPj4ifQ==",
              "callback-var",
              "eyJ4OnUiOiI0MiJ9"),
          UploadOperation.ABORT_MULTIPART_UPLOAD,
          Map.of("uploadId", "0004B999EF5A"));

  private static final URI ENDPOINT = URI.create("https://oss-cn-hangzhou.aliyuncs.com");

  @ParameterizedTest
  @CsvSource({
    "V4, uploads/42/a.png, ",
    "V4, 照片/a b+c&d=e?.png, ",
    "V4, '~*(x)!', sts/token+=",
    "V1, uploads/42/a.png, ",
    "V1, 照片/a b+c&d=e?.png, ",
    "V1, '~*(x)!', sts/token+=",
  })
  void put_isSignedAsTheSdkSigner(SignatureVersion version, String key, String securityToken) {
    Map<String, String> callback =
        Map.of("callback", "eyJhIjoifn5+Pz8/6ZSuPj4ifQ==", "callback-var", "eyJ4OnUiOiI0MiJ9");
    Map<String, String> headers =
        Map.of(
            "content-type",
            "image/png",
            "content-md5",
            "eB5eJF1ptWaXm4bijSPyxw==",
            "x-oss-forbid-overwrite",
            "true",
            "x-oss-meta-who",
            "alice");
    Credentials credentials = new Credentials("LTAIexample", "secret", securityToken);

    RequestToSign put = RequestToSign.put("photos", key, headers, callback, VALIDITY);
    URI ours = presigner(credentials, NOW).presign(put, version).url();

    assertThat(query(ours)).isEqualTo(query(sdkSigned(version, put, credentials, ours)));
  }

  static Stream<Arguments> requestsOfAnUploadInParts() {
    return Stream.of(SignatureVersion.values())
        .flatMap(version ->
            QUERIES.keySet().stream()
                .flatMap(operation ->
                    Stream.of(null, "sts/token+=")
                        .map(token -> Arguments.of(version, operation, token))));
  }

  @ParameterizedTest
  @MethodSource("requestsOfAnUploadInParts")
  void requestOfAnUploadInParts_isSignedAsTheSdkSigner(
      SignatureVersion version, UploadOperation operation, String securityToken) {
    Credentials credentials = new Credentials("LTAIexample", "secret", securityToken);
    RequestToSign request =
        new RequestToSign(
            operation,
            "photos",
            "照片/a b+c&d=e?.png",
            operation == UploadOperation.INITIATE_MULTIPART_UPLOAD
                ? Map.of("content-type", "image/png")
                : Map.of(),
            QUERIES.get(operation),
            VALIDITY);

    URI ours = presigner(credentials, NOW).presign(request, version).url();

    assertThat(query(ours)).isEqualTo(query(sdkSigned(version, request, credentials, ours)));
  }

  /** Through the SDK's front door, which knows the operations by their names. */
  @ParameterizedTest
  @MethodSource("requestsOfAnUploadInParts")
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

  /** The SDK sends it in a header. */
  private static Map<String, String> withoutCallback(Map<String, String> query) {
    Map<String, String> rest = new HashMap<>(query);
    rest.keySet().removeIf(name -> name.startsWith("callback"));
    return rest;
  }

  private static UrlPresigner presigner(Credentials credentials, Instant now) {
    return new UrlPresigner(
        new OssAddress(ENDPOINT, OssAddress.Style.VIRTUAL_HOST),
        "cn-hangzhou",
        credentials,
        Clock.fixed(now, ZoneOffset.UTC));
  }

  private static URI sdkSigned(
      SignatureVersion version, RequestToSign request, Credentials credentials, URI ours) {
    SigningContext context = new SigningContext();
    context.setProduct("oss");
    context.setRegion("cn-hangzhou");
    context.setBucket("photos");
    context.setKey(request.key());
    context.setAuthMethodQuery(true);
    context.setSignTime(NOW);
    context.setExpiration(NOW.plus(VALIDITY));
    context.setSubResource(List.of("callback", "callback-var"));
    context.setCredentials(
        new com.aliyun.sdk.service.oss2.credentials.Credentials(
            credentials.accessKeyId(), credentials.accessKeySecret(), credentials.securityToken()));
    URI unsigned =
        URI.create(
            ours.toString()
                .replaceFirst(
                    "\\?.*", "?" + SignatureV4.canonicalQuery(new TreeMap<>(request.query()))));
    context.setRequest(
        RequestMessage.newBuilder()
            .method(request.operation().method())
            .uri(unsigned)
            .headers(new HashMap<>(request.headers()))
            .build());
    Signer signer = version == SignatureVersion.V4 ? new SignerV4() : new SignerV1();
    signer.sign(context);
    return context.getRequest().uri();
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
