package quayside.oss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.net.ServerSocket;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The real SDK against answers a healthy OSS does not give; {@link ObjectStoreContract} has the
 * healthy ones.
 */
class AliyunObjectStoreTest {
  private OssStub oss;
  private AliyunObjectStore store;

  @BeforeEach
  void start() throws IOException {
    oss = new OssStub();
    store = ObjectStores.create(TestOssConfig.at(oss.endpoint()));
  }

  @AfterEach
  void stop() throws Exception {
    store.close();
    oss.close();
  }

  @Test
  void etag_isUpperCaseWithoutQuotationMarks() throws Exception {
    oss.answers(
        200,
        Map.of(
            "ETag", "\"fba9dede5f27731c9771645a39863328-2\"",
            "Last-Modified", "Fri, 24 Feb 2012 06:07:48 GMT",
            "Content-Type", "image/jpeg",
            "x-oss-meta-Quayside-Note", "a"),
        "");

    ObjectHead head = store.head("uploads", "a");

    assertThat(head.etag()).isEqualTo("FBA9DEDE5F27731C9771645A39863328-2");
    assertThat(head.lastModified()).isEqualTo(Instant.parse("2012-02-24T06:07:48Z"));
    assertThat(head.metadata()).containsEntry("quayside-note", "a");
  }

  @Test
  void requests_areSignedWithVersion4AndTheRegion() {
    oss.fails(404, "NoSuchKey");

    assertThatThrownBy(() -> store.head("uploads", "a"))
        .isInstanceOf(ObjectNotFoundException.class);

    assertThat(oss.authorizations())
        .singleElement()
        .asString()
        .startsWith("OSS4-HMAC-SHA256 Credential=local/")
        .contains("/cn-hangzhou/oss/aliyun_v4_request");
  }

  @ParameterizedTest
  @CsvSource({"404, NoSuchKey", "404, NoSuchBucket"})
  void missingObjectOrBucket_isNotFound(int status, String code) {
    oss.fails(status, code);

    assertThatThrownBy(() -> store.head("uploads", "a"))
        .isInstanceOf(ObjectNotFoundException.class)
        .hasMessageContaining("bucket=uploads objectKey=a");
    assertThatThrownBy(() -> store.get("uploads", "a", 10, Arena.ofAuto()))
        .isInstanceOf(ObjectNotFoundException.class);
    assertThatThrownBy(() -> store.put("uploads", "a", "text/plain", Map.of(), new byte[1]))
        .isInstanceOf(ObjectNotFoundException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "InvalidAccessKeyId",
        "SignatureDoesNotMatch",
        "RequestTimeTooSkewed",
        "SecurityTokenExpired"
      })
  void brokenCredentials_areAnOutageThatSaysWhatToCheck(String code) {
    oss.fails(403, code);

    assertThatThrownBy(() -> store.head("uploads", "a"))
        .isInstanceOf(ObjectStoreUnavailableException.class)
        .hasMessageContaining(code)
        .hasMessageContaining("quayside.oss.access-key-id");
  }

  /** Anybody can have OSS send callbacks about a bucket of theirs: it must not stop the sink. */
  @ParameterizedTest
  @CsvSource({
    "403, AccessDenied",
    "403, InvalidObjectState",
    "400, InvalidArgument",
    "412, PreconditionFailed"
  })
  void refusalOfOneObject_isNoOutage(int status, String code) {
    oss.fails(status, code);

    assertThatThrownBy(() -> store.head("uploads", "a"))
        .isInstanceOf(ObjectRefusedException.class)
        .hasMessageContaining(code);
    assertThatThrownBy(() -> store.get("uploads", "a", 10, Arena.ofAuto()))
        .isInstanceOf(ObjectRefusedException.class);
  }

  @ParameterizedTest
  @CsvSource({"500, InternalError", "503, ServiceUnavailable", "429, TooManyRequests"})
  void troubleOfOss_isAnOutage(int status, String code) {
    oss.fails(status, code);

    assertThatThrownBy(() -> store.head("uploads", "a"))
        .isInstanceOf(ObjectStoreUnavailableException.class);
    assertThatThrownBy(() -> store.put("uploads", "a", "text/plain", Map.of(), new byte[1]))
        .isInstanceOf(ObjectStoreUnavailableException.class);
  }

  @Test
  void nobodyListening_isAnOutageThatSaysWhatToCheck() throws Exception {
    int free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    try (AliyunObjectStore unreachable =
        ObjectStores.create(TestOssConfig.at("http://127.0.0.1:" + free))) {
      assertThatThrownBy(() -> unreachable.head("uploads", "a"))
          .isInstanceOf(ObjectStoreUnavailableException.class)
          .hasMessageContaining("quayside.oss.endpoint");
    }
  }

  /** Nothing of the content may be read before its size is known to be allowed. */
  @Test
  void tooLargeObject_isRefusedByItsHeaders() {
    oss.answers(
            200, Map.of("ETag", "\"A\"", "Last-Modified", "Fri, 24 Feb 2012 06:07:48 GMT"), "abc")
        .breaksOff();

    assertThatThrownBy(() -> store.get("uploads", "a", 99_999, Arena.ofAuto()))
        .isInstanceOf(ObjectTooLargeException.class);
  }

  @Test
  void contentThatBreaksOff_isAnOutage() {
    oss.answers(
            200, Map.of("ETag", "\"A\"", "Last-Modified", "Fri, 24 Feb 2012 06:07:48 GMT"), "abc")
        .breaksOff();

    assertThatThrownBy(() -> store.get("uploads", "a", 100_000, Arena.ofAuto()))
        .isInstanceOf(ObjectStoreUnavailableException.class)
        .hasMessageContaining("broke");
  }

  /** The bucket's name becomes part of a host name. */
  @ParameterizedTest
  @ValueSource(
      strings = {"evil.example.com/x", "a@b", "UPPER", "..", "a", "-a-b", "with space", "ünïcode"})
  void bucketNameThatCannotExist_isNotAskedFor(String bucket) {
    assertThatThrownBy(() -> store.head(bucket, "a")).isInstanceOf(ObjectNotFoundException.class);
    assertThat(oss.requests()).isEmpty();
  }

  @Test
  void keyThatCannotExist_isNotAskedFor() {
    assertThatThrownBy(() -> store.head("uploads", "")).isInstanceOf(ObjectNotFoundException.class);
    assertThatThrownBy(() -> store.head("uploads", "ü".repeat(512)))
        .isInstanceOf(ObjectNotFoundException.class);
    assertThat(oss.requests()).isEmpty();
  }

  @Test
  void halfACredential_isRefused() {
    TestOssConfig config =
        new TestOssConfig(
            Optional.of(java.net.URI.create(oss.endpoint())), Optional.of("id"), Optional.empty());

    assertThatThrownBy(() -> ObjectStores.create(config))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("access-key-secret");
  }

  @Test
  void noCredentials_areAnOutageThatSaysWhatToSet() throws Exception {
    TestOssConfig config =
        new TestOssConfig(
            Optional.of(java.net.URI.create(oss.endpoint())), Optional.empty(), Optional.empty());

    try (AliyunObjectStore anonymous = ObjectStores.create(config)) {
      assertThatThrownBy(() -> anonymous.head("uploads", "a"))
          .isInstanceOf(ObjectStoreUnavailableException.class)
          .hasMessageContaining("quayside.oss.access-key-id");
    }
  }
}
