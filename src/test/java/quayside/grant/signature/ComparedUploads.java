package quayside.grant.signature;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.params.provider.Arguments;

/** The uploads that are signed by us and by Alibaba's own SDK. */
@NullUnmarked // A null where none belongs fails the test.
final class ComparedUploads {
  static final Duration VALIDITY = Duration.ofSeconds(900);
  static final Map<UploadOperation, Map<String, String>> QUERIES =
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

  private ComparedUploads() {}

  /** Each request of an upload in parts, in both versions, without and with a security token. */
  static Stream<Arguments> requestsOfAnUploadInParts() {
    return Stream.of(SignatureVersion.values())
        .flatMap(version ->
            QUERIES.keySet().stream()
                .flatMap(operation ->
                    Stream.of(null, "sts/token+=")
                        .map(token -> Arguments.of(version, operation, token))));
  }

  static UrlPresigner presigner(Credentials credentials, Instant now) {
    return new UrlPresigner(
        new OssAddress(
            URI.create("https://oss-cn-hangzhou.aliyuncs.com"), OssAddress.Style.VIRTUAL_HOST),
        "cn-hangzhou",
        credentials,
        Clock.fixed(now, ZoneOffset.UTC));
  }
}
