package quayside.callback;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import quayside.event.CloudEvent;
import quayside.event.EventOracle;
import quayside.event.ObjectUploaded;
import quayside.fuzz.Bounded;
import quayside.signature.KeyRing;

/**
 * The whole edge but HTTP and Kafka, and what must hold of it whatever arrives: one answer at once,
 * never a failure of ours, allocation in proportion, one count, and whatever is accepted is a
 * publishable event that does not give the grant token away.
 */
final class FuzzedIntake {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-22T10:00:00.123456Z"), ZoneOffset.UTC);
  private static final Set<Integer> STATUSES = Set.of(200, 400, 403);
  private static final CallbackConfig CONFIG =
      TestConfig.of(
          "quayside.callback.variables",
          "my_*,user",
          "quayside.callback.rules.buckets.ruled-bucket.key-prefixes",
          "photos/",
          "quayside.callback.rules.buckets.ruled-bucket.owners",
          "1050784833268046",
          "quayside.callback.rules.buckets.ruled-bucket.owner-action",
          "mark",
          "quayside.callback.rules.buckets.ruled-bucket.max-size",
          "1M",
          "quayside.callback.rules.buckets.ruled-bucket.types",
          "image/*",
          "quayside.callback.rules.buckets.ruled-bucket.type-action",
          "mark");

  private static final UploadWriter WRITER = TestConfig.uploadWriter(CONFIG);

  /** Covers bucket {@code uploads}, key {@code a/b.txt}, five bytes of text/plain. */
  static final String TOKEN = new TestGrants(CLOCK).token();

  /** The largest body takes some milliseconds; what is quadratic takes seconds. */
  private static final long MAX_CPU_MILLIS = 250;

  /** The worst there is: a body of JSON strings, each short and with an escape. */
  private static final long BYTES_PER_BYTE = 400;

  private final CallbackVerifier verifier;
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final CallbackMetrics metrics = new CallbackMetrics(registry);
  private final RuleCheck rules = TestConfig.rules(CONFIG, registry);
  private long inputs;

  FuzzedIntake(CallbackVerifier verifier) {
    this.verifier = verifier;
  }

  /** Receives one request; returns whether it was accepted. */
  boolean receive(UnverifiedCallback callback, int bytes) {
    return judge(
        bytes,
        intake -> intake.receive(callback, TestDeadlines.ample(), ClientAddress.UNKNOWN).join());
  }

  /** A request that a route refused before the intake. */
  void refuse(CallbackRefusedException refusal, int bytes) {
    judge(bytes, intake -> intake.refuse(refusal, CallbackHeaders.NONE, ClientAddress.UNKNOWN));
  }

  private boolean judge(int bytes, Function<CallbackIntake, Answer> request) {
    Outcome outcome = Bounded.cpuTime(MAX_CPU_MILLIS, () -> outcomeWithinBounds(request, bytes));
    if (!STATUSES.contains(outcome.answer().status())) {
      throw new AssertionError("answered with " + outcome.answer());
    }
    boolean accepted = outcome.answer().status() == 200;
    if (accepted != (outcome.outbox().records.size() == 1)) {
      throw new AssertionError("contradiction: " + outcome);
    }
    outcome.outbox().events().forEach(FuzzedIntake::assertSound);
    if (++inputs % 1024 == 1) {
      CallbackCounts.of(registry).assertConserved();
    }
    return accepted;
  }

  private record Outcome(Answer answer, FakeOutbox outbox) {}

  private Outcome outcomeWithinBounds(Function<CallbackIntake, Answer> request, int bytes) {
    return Bounded.allocation(1 << 20, BYTES_PER_BYTE, bytes, () -> outcome(request));
  }

  private Outcome outcome(Function<CallbackIntake, Answer> request) {
    FakeOutbox outbox = new FakeOutbox();
    metrics.received();
    Answer answer = request.apply(intake(outbox));
    return new Outcome(answer, outbox);
  }

  // A new one each time: what one input did must not change what the next one does.
  private CallbackIntake intake(FakeOutbox outbox) {
    return new CallbackIntake(
        CONFIG,
        verifier,
        new TestGrants(CLOCK).check(CONFIG.requiredLevel()),
        new ObjectUploadedFactory(CONFIG, CLOCK),
        rules,
        WRITER,
        outbox,
        metrics);
  }

  private static void assertSound(CloudEvent<ObjectUploaded> event) {
    EventOracle.assertPublishable(event);
    String free = event.data().fields() + " " + event.data().variables();
    if (free.contains(TOKEN)) {
      throw new AssertionError("the event gives the grant token away: " + free);
    }
  }

  /** A verifier that takes any signature of the test key, for targets that are about the rest. */
  static CallbackVerifier credulous(TestSigner signer) {
    return new CallbackVerifier(
        new KeyRing(List.of(signer.publicKey())), (signedBytes, signature, key) -> {});
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
