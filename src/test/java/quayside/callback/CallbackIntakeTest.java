package quayside.callback;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import quayside.event.CloudEvent;
import quayside.event.ObjectUploaded;
import quayside.signature.KeyRing;
import quayside.signature.SignatureVersion1;

/** The decision about a callback, without HTTP and Kafka. */
class CallbackIntakeTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00.123456Z");
  private static final TestSigner SIGNER = TestSigner.generate();

  private final FakeOutbox outbox = new FakeOutbox();
  private final MeterRegistry registry = new SimpleMeterRegistry();
  private final CallbackMetrics metrics = new CallbackMetrics(registry);

  static List<Vector> vectors() {
    return Vector.accepted();
  }

  @AfterEach
  void everyCallbackIsCountedOnce() {
    CallbackCounts.of(registry).assertConserved();
  }

  @Test
  void validCallback_isPublishedAndAnsweredWithItsId() {
    Answer answer =
        receive(
            CallbackScenario.signedBy(SIGNER).withBody("object=a&reqId=5CF3E7821AB22D0FDB86704D"));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(new String(answer.body().toArray()))
        .isEqualTo("{\"Status\":\"OK\",\"eventId\":\"5CF3E7821AB22D0FDB86704D\"}");
    assertThat(outbox.events()).hasSize(1);
    assertThat(CallbackCounts.of(registry).published()).isEqualTo(1);
  }

  /** The worked examples of the published schemas are what the real callbacks become. */
  @ParameterizedTest
  @MethodSource("vectors")
  void realCallback_becomesThePublishedExample(Vector vector) throws Exception {
    receive(intake(), vector.unverified());

    ObjectMapper mapper = new ObjectMapper();
    Path example = Path.of("schemas/examples/object-uploaded.v1/valid/vector-" + vector.name());
    assertThat(
            mapper.<Object>readValue(
                mapper.writeValueAsBytes(outbox.events().getFirst().data()), Object.class))
        .isEqualTo(mapper.readValue(example.toFile(), Object.class));
  }

  /** As above, for the identity that the schemas' README works out. */
  @ParameterizedTest
  @MethodSource("vectors")
  void realCallback_hasThePublishedIdentity(Vector vector) throws Exception {
    receive(intake(), vector.unverified());

    CloudEvent<ObjectUploaded> event = outbox.events().getFirst();
    String row = "`" + event.source() + "` | `" + event.id() + "` |";
    assertThat(Files.readAllLines(Path.of("schemas/README.md")))
        .anyMatch(line ->
            line.startsWith("| `" + vector.name().replace(".json", "`")) && line.endsWith(row));
  }

  /** Success before durability is the one lie that loses uploads. */
  @ParameterizedTest
  @EnumSource(names = {"OVERLOADED", "NOT_DURABLE"})
  void eventThatIsNotDurable_isAnsweredHonestly(RefusalReason reason) {
    outbox.outcome = () -> CompletableFuture.failedFuture(new CallbackRefusedException(reason));

    Answer answer = receive(CallbackScenario.signedBy(SIGNER));

    assertThat(answer).isEqualTo(Answer.refused(reason));
    assertThat(answer.status()).isEqualTo(503);
    assertThat(CallbackCounts.of(registry).failed()).isEqualTo(1);
    assertThat(CallbackCounts.of(registry, reason)).isEqualTo(1);
  }

  @Test
  void unexpectedError_isAFailureWithoutDetail() {
    outbox.outcome = () -> CompletableFuture.failedFuture(new IllegalStateException("secret"));

    Answer answer = receive(CallbackScenario.signedBy(SIGNER));

    assertThat(answer).isEqualTo(Answer.refused(RefusalReason.INTERNAL_ERROR));
    assertThat(new String(answer.body().toArray())).doesNotContain("secret");
  }

  @Test
  void errorThrownInPlaceOfAResult_isAFailureToo() {
    outbox.outcome =
        () -> {
          throw new IllegalStateException("thrown");
        };

    assertThat(receive(CallbackScenario.signedBy(SIGNER)).status()).isEqualTo(500);
  }

  @Test
  void unprovenCallback_neverReachesTheOutbox() {
    Answer answer = receive(CallbackScenario.signedBy(SIGNER).withSignature(new byte[64]));

    assertThat(answer).isEqualTo(Answer.refused(RefusalReason.SIGNATURE_MISMATCH));
    assertThat(outbox.events()).isEmpty();
    assertThat(CallbackCounts.of(registry).refused()).isEqualTo(1);
  }

  /** Any OSS customer can name any bucket in a body that OSS signs. */
  @Test
  void bucketOutsideOfTheList_isRefused() throws CallbackRefusedException {
    CallbackIntake intake = intake("quayside.callback.buckets", "uploads");

    CallbackScenario otherBody =
        CallbackScenario.signedBy(SIGNER).withBody("bucket=other-bucket&object=a");
    CallbackScenario otherHeader =
        CallbackScenario.signedBy(SIGNER).withHeader("x-oss-bucket", "attackers-own");
    CallbackScenario noBucket =
        CallbackScenario.signedBy(SIGNER).withBody("object=a").withoutHeader("x-oss-bucket");

    for (CallbackScenario refused : List.of(otherBody, otherHeader, noBucket)) {
      assertThat(receive(intake, refused.unverified()))
          .isEqualTo(Answer.refused(RefusalReason.BUCKET_NOT_ALLOWED));
    }
    assertThat(receive(intake, CallbackScenario.signedBy(SIGNER).unverified()).status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "key-prefixes, photos/, key-not-allowed",
    "owners, 1, owner-not-allowed",
    "max-size, 4, size-not-allowed",
    "types, image/*, type-not-allowed"
  })
  void brokenRule_isRefusedWithItsReasonAndCounted(String rule, String value, String reason)
      throws CallbackRefusedException {
    CallbackIntake intake = intake("quayside.callback.rules.buckets.uploads." + rule, value);

    Answer answer = receive(intake, CallbackScenario.signedBy(SIGNER).unverified());

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.outcome()).isEqualTo(reason);
    assertThat(outbox.events()).isEmpty();
    assertThat(violations(reason, "refuse")).isEqualTo(1);
  }

  /** Marking is for rules that must not lose an upload: readers decide. */
  @Test
  void markedCallback_isPublishedAndItsEventSaysWhy() throws CallbackRefusedException {
    CallbackIntake intake =
        intake(
            "quayside.callback.rules.buckets.*.max-size",
            "4",
            "quayside.callback.rules.buckets.*.size-action",
            "mark");

    Answer answer = receive(intake, CallbackScenario.signedBy(SIGNER).unverified());

    assertThat(answer.status()).isEqualTo(200);
    CloudEvent<ObjectUploaded> event = outbox.events().getFirst();
    assertThat(event.data().verification().violations()).containsExactly("size-not-allowed");
    assertThat(event.data().withViolations(List.of()))
        .as("all else is as without rules")
        .isEqualTo(published(intake()).data());
    assertThat(violations("size-not-allowed", "mark")).isEqualTo(1);
  }

  @Test
  void dryRun_onlyCounts() throws CallbackRefusedException {
    CallbackIntake intake =
        intake(
            "quayside.callback.rules.dry-run",
            "true",
            "quayside.callback.rules.buckets.uploads.key-prefixes",
            "photos/",
            "quayside.callback.rules.buckets.uploads.types",
            "image/*",
            "quayside.callback.rules.buckets.uploads.type-action",
            "mark");

    CloudEvent<ObjectUploaded> event = published(intake);

    assertThat(event.data().verification().violations()).isEmpty();
    assertThat(violations("key-not-allowed", "would-refuse")).isEqualTo(1);
    assertThat(violations("type-not-allowed", "would-mark")).isEqualTo(1);
    assertThat(violations("key-not-allowed", "refuse")).isZero();
  }

  private double violations(String code, String action) {
    return registry
        .get("quayside.callback.rule.violations")
        .tags("rule", code.substring(0, code.indexOf('-')), "action", action)
        .counter()
        .count();
  }

  private CloudEvent<ObjectUploaded> published(CallbackIntake intake)
      throws CallbackRefusedException {
    assertThat(receive(intake, CallbackScenario.signedBy(SIGNER).unverified()).status())
        .isEqualTo(200);
    return outbox.events().getLast();
  }

  @Test
  void sequence_risesWhileTheClockStandsStill() {
    receive(CallbackScenario.signedBy(SIGNER));
    CallbackIntake intake = intake();
    List.of(1, 2, 3).forEach(i -> receive(intake, CallbackScenario.signedBy(SIGNER)));

    assertThat(outbox.events().subList(1, 4).stream().map(CloudEvent::sequence))
        .containsExactly(1795341600123456L, 1795341600123457L, 1795341600123458L);
  }

  @Test
  void oddBody_isPublishedAndItsDefectCounted() {
    receive(CallbackScenario.signedBy(SIGNER).withBody("{\"object\":\"a\",\"width\":}"));

    assertThat(CallbackCounts.of(registry, BodyDefect.MALFORMED_JSON)).isEqualTo(1);
    ObjectUploaded data = outbox.events().getFirst().data();
    assertThat(data.key()).isEqualTo("a");
    assertThat(data.fields()).containsEntry("_raw", "{\"object\":\"a\",\"width\":}");
  }

  private Answer receive(CallbackScenario callback) {
    return receive(intake(), callback);
  }

  private Answer receive(CallbackIntake intake, CallbackScenario callback) {
    try {
      return receive(intake, callback.unverified());
    } catch (CallbackRefusedException e) {
      throw new AssertionError(e);
    }
  }

  private Answer receive(CallbackIntake intake, UnverifiedCallback callback) {
    metrics.received();
    return intake.receive(callback, TestDeadlines.ample(), ClientAddress.UNKNOWN).join();
  }

  private CallbackIntake intake(String... keysAndValues) {
    Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    CallbackConfig config = TestConfig.of(keysAndValues);
    return new CallbackIntake(
        config,
        new CallbackVerifier(new KeyRing(List.of(SIGNER.publicKey())), new SignatureVersion1()),
        new TestGrants(clock).check(config.requiredLevel()),
        new ObjectUploadedFactory(config, clock),
        TestConfig.rules(config, registry),
        TestConfig.uploadWriter(config),
        outbox,
        metrics);
  }
}
