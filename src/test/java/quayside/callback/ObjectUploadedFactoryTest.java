package quayside.callback;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import quayside.event.CloudEvent;
import quayside.event.ObjectUploaded;
import quayside.signature.KeyRing;
import quayside.signature.SignatureVersion1;

/** What a proven callback becomes. */
class ObjectUploadedFactoryTest {
  // The request id of the scenario is of 2019-06-02T15:13:06Z.
  private static final Instant NOW = Instant.parse("2019-06-02T15:13:07Z");
  private static final TestSigner SIGNER = TestSigner.generate();

  @ParameterizedTest
  @ValueSource(strings = {"object", "key", "filename", "name"})
  void object_isFoundUnderItsUsualNames(String name) {
    assertThat(data(name + "=a%2Fb.txt").key()).isEqualTo("a/b.txt");
  }

  /**
   * {@code object=${object}&filename=${x:filename}} is a common template: the second is the
   * uploader's.
   */
  @Test
  void firstNamePresent_wins() {
    ObjectUploaded data = data("filename=mine.txt&object=real.txt");

    assertThat(data.key()).isEqualTo("real.txt");
    assertThat(data.fields()).containsEntry("filename", "mine.txt");
  }

  @Test
  void emptyValue_isAbsent() {
    ObjectUploaded data =
        data("object=&filename=a.txt&etag=&size=&imageInfo.width=&imageInfo.format=&vpcId=");

    assertThat(data.key()).isEqualTo("a.txt");
    assertThat(data.etag()).isNull();
    assertThat(data.size()).isNull();
    assertThat(data.image()).isNull();
    assertThat(data.vpcId()).isNull();
    assertThat(data.fields()).isEmpty();
  }

  /** Nothing is guessed and nothing is lost. */
  @ParameterizedTest
  @CsvSource({
    "size, -1",
    "size, 1.5",
    "size, 9223372036854775808",
    "size, ''' or 1'",
    "size, 0x10",
    "size, ٣",
    "crc64, 18446744073709551616",
    "crc64, -1",
    "imageInfo.width, 0",
    "imageInfo.height, 99999999999",
    "bucket, Not_A_Bucket",
    "bucket, ..",
    "object, ${object}"
  })
  void valueThatDoesNotFit_staysVerbatimInFields(String name, String value) {
    ObjectUploaded data = data("{\"" + name + "\":\"" + value + "\"}");

    assertThat(data.fields()).containsExactly(Map.entry(name, value));
    assertThat(data.size()).isNull();
    assertThat(data.crc64()).isNull();
    assertThat(data.image()).isNull();
    assertThat(data.key()).isNull();
  }

  @Test
  void keyLongerThanOssAllows_isNoKey() {
    assertThat(data("object=" + "k".repeat(1023)).key()).hasSize(1023);
    assertThat(data("object=" + "k".repeat(1024)).key()).isNull();
    assertThat(data("object=" + "%E7%85%A7".repeat(342)).key()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "007, 7",
    "18446744073709551615, 18446744073709551615",
    "9223372036854775808, 9223372036854775808"
  })
  void crc64_keepsAll64Bits(String sent, String expected) {
    assertThat(data("{\"crc64\":\"" + sent + "\"}").crc64()).isEqualTo(expected);
    assertThat(data("crc64=" + sent).crc64()).isEqualTo(expected);
  }

  @Test
  void bareNumberBeyondDoublePrecision_keepsItsDigits() {
    assertThat(data("{\"crc64\":18446744073709551615,\"size\":9007199254740993}").crc64())
        .isEqualTo("18446744073709551615");
    assertThat(data("{\"crc64\":18446744073709551615,\"size\":9007199254740993}").size())
        .isEqualTo(9007199254740993L);
  }

  @ParameterizedTest
  @CsvSource({
    "5d41402abc4b2a76b9719d911017c592, 5D41402ABC4B2A76B9719D911017C592",
    "%225D41402ABC4B2A76B9719D911017C592%22, 5D41402ABC4B2A76B9719D911017C592",
    "5d41402abc4b2a76b9719d911017c592-12, 5D41402ABC4B2A76B9719D911017C592-12",
    "something-Else, something-Else"
  })
  void etag_isUpperCaseWithoutQuotationMarks(String sent, String expected) {
    assertThat(data("etag=" + sent).etag()).isEqualTo(expected);
  }

  @Test
  void bucketOfTheHeader_countsOnlyWhenTheBodyIsSilent() {
    assertThat(data("object=a").bucket()).isEqualTo("uploads");
    assertThat(data("object=a&bucket=").bucket()).isEqualTo("uploads");
    assertThat(data("object=a&bucket=${bucket}").bucket()).isEqualTo("uploads");
    assertThat(data("object=a&bucket=from-body").bucket()).isEqualTo("from-body");
    assertThat(data("object=a&bucket=NOT%20A%20BUCKET").bucket()).isNull();
    assertThat(data("object=a&bucket=one-bucket&bucket=two-bucket").bucket()).isNull();
    assertThat(
            create(callback("object=a").withAdditionalHeader("x-oss-bucket", "second"))
                .data()
                .bucket())
        .isNull();
  }

  /** Some templates quote every value; the schema knows no empty ETag. */
  @Test
  void quotationMarksAroundNothing_areNoEtag() {
    ObjectUploaded data = data("etag=%22%22");

    assertThat(data.etag()).isNull();
    assertThat(data.fields()).containsExactly(Map.entry("etag", "\"\""));
  }

  @Test
  void contradictingField_isUsedForNothing() {
    ObjectUploaded data = data("object=a&object=b&size=5&size=5");

    assertThat(data.key()).isNull();
    assertThat(data.size()).isEqualTo(5);
    assertThat(data.fields()).containsEntry("object", "a").containsEntry("object#2", "b");
  }

  @Test
  void variables_areXNamesAndConfiguredOnes() {
    CallbackConfig config =
        TestConfig.of(
            "quayside.callback.variables", "user,my_*", "quayside.callback.fields.object", "photo");
    ObjectUploaded data =
        create(
                config,
                callback("photo=p.jpg&x:a=1&user=2&my_var=3&users=4&x:b=&my_c=${x:c}&object=free"))
            .data();

    assertThat(data.key()).isEqualTo("p.jpg");
    assertThat(data.variables())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("x:a", "1", "user", "2", "my_var", "3", "x:b", ""));
    assertThat(data.fields())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("users", "4", "my_c", "${x:c}", "object", "free"));
  }

  @Test
  void signedRequestId_isTheEventId() {
    assertThat(create(callback("reqId=5cf3e7821ab22d0fdb86704e")).id())
        .isEqualTo("5CF3E7821AB22D0FDB86704E");
  }

  /**
   * The rule is published, so that others can recompute it: this value was computed with sha256sum.
   */
  @Test
  void withoutSignedRequestId_idIsTheDocumentedHash() {
    String id = create(callback("object=a").withTarget("/oss/callback?q=1")).id();

    assertThat(id)
        .isEqualTo("sha256-06c45808fe7701cef84e279b9ebee962b9e021718d2b8e61730788538d568026");
  }

  /** The same body for two uploads of one key; OSS gives each upload a request id of its own. */
  @Test
  void equalBodiesOfTwoRequests_haveTwoIds() {
    String first = create(callback("object=a")).id();
    String again =
        create(callback("object=a").withHeader("Date", "Sun, 02 Jun 2019 15:13:06 GMT")).id();
    String second =
        create(callback("object=a").withHeader("x-oss-request-id", "5CF3E7821AB22D0FDB86704F"))
            .id();

    assertThat(again).isEqualTo(first);
    assertThat(second).isNotEqualTo(first);
  }

  @Test
  void reqIdThatIsNone_isNoId() {
    CloudEvent<ObjectUploaded> event = create(callback("reqId=1"));

    assertThat(event.id()).startsWith("sha256-");
    assertThat(event.data().requestId())
        .as("from the header")
        .isEqualTo("5CF3E7821AB22D0FDB86704D");
    assertThat(event.data().fields()).containsEntry("reqId", "1");
  }

  @Test
  void time_isThatOfTheRequestId() {
    assertThat(create(callback("object=a")).time()).isEqualTo("2019-06-02T15:13:06Z");
    assertThat(create(callback("reqId=5CF3E7801AB22D0FDB86704D")).time())
        .isEqualTo("2019-06-02T15:13:04Z");
  }

  @Test
  void implausibleTime_isNotBelieved() {
    CallbackScenario old =
        callback("object=a").withHeader("x-oss-request-id", "000000001AB22D0FDB86704D");
    CallbackScenario future =
        callback("object=a").withHeader("x-oss-request-id", "FFFFFFFF1AB22D0FDB86704D");

    assertThat(create(old).time()).isEqualTo(NOW);
    assertThat(create(future).time()).isEqualTo(NOW);
    assertThat(create(old.withHeader("Date", "Sun, 02 Jun 2019 15:00:00 GMT")).time())
        .isEqualTo("2019-06-02T15:00:00Z");
    assertThat(create(old.withHeader("Date", "Sun, 02 Jun 2119 15:00:00 GMT")).time())
        .isEqualTo(NOW);
    assertThat(create(old.withHeader("Date", "yesterday")).time()).isEqualTo(NOW);
  }

  @Test
  void source_namesWhatIsKnown() {
    CallbackConfig config = TestConfig.of("quayside.region", "cn-hangzhou");

    assertThat(create(config, callback("object=a")).source())
        .isEqualTo("acs:oss:cn-hangzhou:1050784833268046:uploads");
    assertThat(
            create(
                    callback("object=a")
                        .withHeader("x-oss-owner", "a:b")
                        .withoutHeader("x-oss-bucket"))
                .source())
        .isEqualTo("acs:oss:-:-:-");
  }

  @Test
  void partitionKey_isBucketAndObject() {
    assertThat(create(callback("object=a/b")).partitionKey()).isEqualTo("uploads/a/b");
    assertThat(create(callback("size=1")).partitionKey()).isNull();
  }

  private static CallbackScenario callback(String body) {
    return CallbackScenario.signedBy(SIGNER).withBody(body).withoutHeader("Content-Type");
  }

  private static ObjectUploaded data(String body) {
    return create(callback(body)).data();
  }

  private static CloudEvent<ObjectUploaded> create(CallbackScenario callback) {
    return create(TestConfig.of(), callback);
  }

  private static CloudEvent<ObjectUploaded> create(
      CallbackConfig config, CallbackScenario callback) {
    CallbackVerifier verifier =
        new CallbackVerifier(new KeyRing(List.of(SIGNER.publicKey())), new SignatureVersion1());
    try {
      CallbackVerifier.VerifiedCallback verified = verifier.verify(callback.unverified());
      CallbackBody body =
          new BodyParser().parse(verified.body(), verified.hint(CallbackHeaders.CONTENT_TYPE));
      return new ObjectUploadedFactory(config, Clock.fixed(NOW, ZoneOffset.UTC))
          .create(verified, SignedReport.of(body, config.fields()), Optional.empty());
    } catch (CallbackRefusedException e) {
      throw new AssertionError(e);
    }
  }
}
