package quayside.callback;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import quayside.event.CloudEvent;
import quayside.event.EventCodec;
import quayside.event.ObjectUploaded;
import quayside.event.VerificationLevel;
import quayside.grant.token.GrantRefusal;
import quayside.grant.token.KeyScope;
import quayside.signature.KeyRing;
import quayside.signature.SignatureVersion1;

/** What a grant token in a callback does. */
class CallbackGrantTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  private static final TestSigner SIGNER = TestSigner.generate();
  private static final String UPLOAD = "bucket=uploads&object=a%2Fb.txt&size=5&mimeType=text/plain";
  private static final String REQUIRED = "quayside.callback.required-level";

  private final FakeOutbox outbox = new FakeOutbox();
  private final MeterRegistry registry = new SimpleMeterRegistry();
  private final CallbackMetrics metrics = new CallbackMetrics(registry);
  private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
  private final TestGrants grants = new TestGrants(clock);

  @AfterEach
  void everyCallbackIsCountedOnce() {
    CallbackCounts.of(registry).assertConserved();
  }

  @ParameterizedTest
  @ValueSource(strings = {"signature", "grant"})
  void validGrant_raisesTheLevel(String requiredLevel) {
    Answer answer = receive(UPLOAD + "&grant=" + grants.token(), REQUIRED, requiredLevel);

    assertThat(answer.status()).isEqualTo(200);
    ObjectUploaded.Verification verification = published().data().verification();
    assertThat(verification.level()).isEqualTo(VerificationLevel.GRANT);
    assertThat(verification.grantId()).isEqualTo(TestGrants.ID_TEXT);
    assertThat(verification.subject()).isEqualTo("alice");
    assertThat(verification.keyUrl()).isEqualTo(TestSigner.URL);
  }

  @Test
  void noGrant_isSignatureLevel() {
    receive(UPLOAD + "&grant=");

    ObjectUploaded.Verification verification = published().data().verification();
    assertThat(verification.level()).isEqualTo(VerificationLevel.SIGNATURE);
    assertThat(verification.grantId()).isNull();
    assertThat(verification.subject()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "&grant=", "&grant=${grant}", "&token=q1.k1.a.b"})
  void noGrant_isRefusedWhereOneIsRequired(String field) {
    assertRefused(RefusalReason.GRANT_REQUIRED, receive(UPLOAD + field, REQUIRED, "grant"));
  }

  /** Whether required or not: nobody would otherwise learn of a forgery or a mistake. */
  @ParameterizedTest
  @CsvSource({
    "object=a%2Fb.txt, object=a%2Fc.txt, GRANT_KEY",
    "object=a%2Fb.txt, object=a&object=b, GRANT_KEY",
    "bucket=uploads, bucket=other-bucket, GRANT_BUCKET",
    "bucket=uploads, bucket=Not_A_Bucket, GRANT_BUCKET",
    "bucket=uploads, bucket=uploads&bucket=other-bucket, GRANT_BUCKET",
    "size=5, size=6, GRANT_SIZE",
    "size=5, size=, GRANT_SIZE",
    "size=5, size=-1, GRANT_SIZE",
    "mimeType=text/plain, mimeType=text/html, GRANT_CONTENT_TYPE",
    "mimeType=text/plain, mimeType=, GRANT_CONTENT_TYPE"
  })
  void uploadThatIsNotTheGranted_isRefused(String granted, String sent, RefusalReason reason) {
    String body = UPLOAD.replace(granted, sent) + "&grant=" + grants.token();

    assertRefused(reason, receive(body));
    assertRefused(reason, receive(body, REQUIRED, "grant"));
  }

  @Test
  void tokenThatIsNotGood_isRefused() {
    String other = "fedcba9876543210fedcba9876543210";
    String token = grants.token();
    Map<String, RefusalReason> refusals =
        Map.of(
            "yes",
            RefusalReason.GRANT_MALFORMED,
            token + "A",
            RefusalReason.GRANT_MALFORMED,
            token + "&grant=other",
            RefusalReason.GRANT_MALFORMED,
            grants.foreignToken("k2", other),
            RefusalReason.GRANT_UNKNOWN_KEY,
            grants.foreignToken("k1", other),
            RefusalReason.GRANT_SIGNATURE,
            grants.token(new KeyScope.Exactly("a/b.txt"), NOW),
            RefusalReason.GRANT_EXPIRED);

    refusals.forEach((sent, reason) -> assertRefused(reason, receive(UPLOAD + "&grant=" + sent)));
    assertThat(CallbackCounts.of(registry).refused()).isEqualTo(refusals.size());
  }

  @Test
  void grantUsedForAnotherUpload_isRefused() {
    String body = UPLOAD + "&grant=" + grants.token();
    receive(body + "&reqId=5CF3E7821AB22D0FDB86704D");

    Answer again = receive(body + "&reqId=5CF3E7821AB22D0FDB86704E");

    assertThat(again).isEqualTo(Answer.refused(RefusalReason.GRANT_REPLAYED));
    assertThat(outbox.events()).hasSize(1);
  }

  /** OSS tries several callback URLs; subscribers drop the second event by its id. */
  @ParameterizedTest
  @ValueSource(strings = {"", "&reqId=5CF3E7821AB22D0FDB86704D"})
  void sameCallbackAgain_isAccepted(String requestId) {
    String body = UPLOAD + requestId + "&grant=" + grants.token();

    assertThat(receive(body).status()).isEqualTo(200);
    assertThat(receive(body).status()).isEqualTo(200);

    assertThat(outbox.events().stream().map(CloudEvent::id).distinct()).hasSize(1);
    assertThat(grants.remembered()).isEqualTo(1);
  }

  /** The uploader is told that the upload failed, so the next try must not fail too. */
  @ParameterizedTest
  @EnumSource(names = {"OVERLOADED", "NOT_DURABLE", "INTERNAL_ERROR"})
  void eventThatIsNotDurable_givesItsGrantBack(RefusalReason reason) {
    String body = UPLOAD + "&grant=" + grants.token();
    outbox.outcome = () -> CompletableFuture.failedFuture(new CallbackRefusedException(reason));
    assertRefused(reason, receive(body + "&reqId=5CF3E7821AB22D0FDB86704D"));
    assertThat(grants.remembered()).isZero();

    outbox.outcome = () -> CompletableFuture.completedFuture(Durability.PUBLISHED);
    assertThat(receive(body + "&reqId=5CF3E7821AB22D0FDB86704E").status()).isEqualTo(200);
  }

  @Test
  void errorThrownInPlaceOfAResult_takesNoGrant() {
    outbox.outcome =
        () -> {
          throw new IllegalStateException("thrown");
        };

    assertThat(receive(UPLOAD + "&grant=" + grants.token()).status()).isEqualTo(500);
    assertThat(grants.remembered()).isZero();
  }

  /** Otherwise two uploads with one grant, at the same time, would both be accepted. */
  @Test
  void grant_isTakenBeforeTheEventIsStored() {
    String body = UPLOAD + "&grant=" + grants.token();
    CompletableFuture<Durability> acknowledgement = new CompletableFuture<>();
    outbox.outcome = () -> acknowledgement;
    CompletableFuture<Answer> first = start(body + "&reqId=5CF3E7821AB22D0FDB86704D");

    outbox.outcome = () -> CompletableFuture.completedFuture(Durability.PUBLISHED);
    Answer other = receive(body + "&reqId=5CF3E7821AB22D0FDB86704E");

    assertThat(other).isEqualTo(Answer.refused(RefusalReason.GRANT_REPLAYED));
    acknowledgement.complete(Durability.PUBLISHED);
    assertThat(first).isCompletedWithValueMatching(answer -> answer.status() == 200);
  }

  @Test
  void bucketOutsideOfTheList_takesNoGrant() {
    Answer answer =
        receive(UPLOAD + "&grant=" + grants.token(), "quayside.callback.buckets", "other-bucket");

    assertRefused(RefusalReason.BUCKET_NOT_ALLOWED, answer);
    assertThat(grants.remembered()).isZero();
  }

  @Test
  void bucketAndKeyThatTheBodyLeavesOut_areThoseOfTheGrant() {
    receive(
        CallbackScenario.signedBy(SIGNER)
            .withBody("object=${object}&size=5&mimeType=text/plain&grant=" + grants.token())
            .withHeader("x-oss-bucket", "another-bucket"));

    assertThat(published().data().bucket()).isEqualTo("uploads");
    assertThat(published().data().key()).isEqualTo("a/b.txt");
    assertThat(published().partitionKey()).isEqualTo("uploads/a/b.txt");
  }

  @Test
  void keyUnderAPrefix_mustBeInTheBody() {
    String token = grants.token(new KeyScope.Under("a/"));

    assertRefused(RefusalReason.GRANT_KEY, receive("size=5&mimeType=text/plain&grant=" + token));
    assertThat(receive(UPLOAD + "&grant=" + token).status()).isEqualTo(200);
    assertThat(published().data().key()).isEqualTo("a/b.txt");
  }

  /** Whoever reads the topic must not be able to upload. */
  @Test
  void token_isNowhereInTheEvent() {
    String token = grants.token();
    String signature = token.substring(token.lastIndexOf('.') + 1);
    String id = "5CF3E7821AB22D0FDB86704D";
    String json = "{\"reqId\":\"" + id + "\",\"size\":5,\"mimeType\":\"text/plain\",";

    for (String body :
        List.of(
            UPLOAD + "&reqId=" + id + "&grant=" + token,
            json + "\"grant\":\"" + token + "\",\"odd\":}",
            json + "\"object\":,\"grant\":\"" + token + "\"",
            json + "\"nested\":{\"grant\":\"" + token + "\"}}",
            "x:copy=" + token,
            "object=a&" + token,
            "object=a&x:" + token + "=1",
            "copy=" + token.substring(0, token.length() - 1),
            token)) {
      outbox.records.clear();
      assertThat(receive(body, "quayside.callback.variables", "grant*").status())
          .as(body)
          .isEqualTo(200);
      String event =
          EventCodec.objectUploaded().headers(published())
              + new String(EventCodec.objectUploaded().value(published()), StandardCharsets.UTF_8);
      assertThat(event).doesNotContain("q1.k1.", signature.substring(0, 20));
    }
  }

  @Test
  void token_mayHaveAnotherName() {
    receive(
        UPLOAD + "&permission=" + grants.token() + "&grant=free",
        "quayside.callback.fields.grant",
        "permission");

    assertThat(published().data().verification().level()).isEqualTo(VerificationLevel.GRANT);
    assertThat(published().data().fields()).containsExactly(Map.entry("grant", "free"));
  }

  /** The rule is published, so that others can recompute it; nothing unsigned takes part. */
  @Test
  void withoutSignedRequestId_idIsTheDocumentedHash() throws Exception {
    CallbackScenario callback =
        CallbackScenario.signedBy(SIGNER).withBody(UPLOAD + "&grant=" + grants.token());
    receive(callback);
    receive(callback.withHeader("x-oss-request-id", "5CF3E7821AB22D0FDB86704F"));

    MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
    sha256.update(sha256.digest(callback.signedBytes()));
    String hash = HexFormat.of().formatHex(sha256.digest(TestGrants.ID_TEXT.getBytes()));
    assertThat(outbox.events().stream().map(CloudEvent::id))
        .containsExactly("sha256-" + hash, "sha256-" + hash);
  }

  /** Every reason has a code of its own, the one the token package documents. */
  @ParameterizedTest
  @EnumSource
  void refusal_keepsItsCodeAndDetail(GrantRefusal refusal) {
    RefusalReason reason = RefusalReason.of(refusal);

    assertThat(reason.code()).isEqualTo(refusal.code());
    assertThat(reason.detail()).isEqualTo(refusal.detail());
    assertThat(reason.status()).isEqualTo(403);
  }

  private void assertRefused(RefusalReason reason, Answer answer) {
    assertThat(answer).isEqualTo(Answer.refused(reason));
    assertThat(CallbackCounts.of(registry, reason)).isPositive();
    assertThat(outbox.events()).isEmpty();
  }

  private CloudEvent<ObjectUploaded> published() {
    assertThat(outbox.events()).hasSize(1);
    return outbox.events().getFirst();
  }

  private Answer receive(String body, String... keysAndValues) {
    return start(body, keysAndValues).join();
  }

  private void receive(CallbackScenario callback) {
    start(callback).join();
  }

  private CompletableFuture<Answer> start(String body, String... keysAndValues) {
    return start(
        CallbackScenario.signedBy(SIGNER).withBody(body).withoutHeader("Content-Type"),
        keysAndValues);
  }

  private CompletableFuture<Answer> start(CallbackScenario callback, String... keysAndValues) {
    CallbackConfig config = TestConfig.of(keysAndValues);
    CallbackIntake intake =
        new CallbackIntake(
            config,
            new CallbackVerifier(new KeyRing(List.of(SIGNER.publicKey())), new SignatureVersion1()),
            grants.check(config.requiredLevel()),
            new ObjectUploadedFactory(config, clock),
            TestConfig.rules(config, registry),
            TestConfig.uploadWriter(config),
            outbox,
            metrics);
    metrics.received();
    try {
      return intake.receive(callback.unverified(), TestDeadlines.ample(), ClientAddress.UNKNOWN);
    } catch (CallbackRefusedException e) {
      throw new AssertionError(e);
    }
  }
}
