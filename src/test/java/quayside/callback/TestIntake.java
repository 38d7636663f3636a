package quayside.callback;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import quayside.event.EventRecord;
import quayside.event.EventWriter;
import quayside.signature.KeyRing;

/** The whole edge but HTTP and Kafka: what is published of a callback. */
final class TestIntake {
  private static final TestSigner SIGNER = TestSigner.generate();
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-22T10:00:00.123456Z"), ZoneOffset.UTC);

  private final FakeOutbox outbox = new FakeOutbox();
  private final CallbackIntake intake;

  TestIntake(EventWriter writer, String... keysAndValues) {
    CallbackConfig config = TestConfig.of(keysAndValues);
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    this.intake =
        new CallbackIntake(
            config,
            new CallbackVerifier(
                new KeyRing(List.of(SIGNER.publicKey())), (signedBytes, signature, key) -> {}),
            new TestGrants(CLOCK).check(config.requiredLevel()),
            new ObjectUploadedFactory(config, CLOCK),
            TestConfig.rules(config, registry),
            new UploadWriter(new Redaction(config), writer),
            outbox,
            new CallbackMetrics(registry));
  }

  /** A callback of bucket {@code uploads} with this body. */
  static CallbackScenario withBody(String body) {
    return CallbackScenario.signedBy(SIGNER).withSignature(new byte[64]).withBody(body);
  }

  /** The record that leaves the edge; fails when none does. */
  EventRecord publish(CallbackScenario callback) {
    try {
      Answer answer =
          intake
              .receive(callback.unverified(), TestDeadlines.ample(), ClientAddress.UNKNOWN)
              .join();
      if (answer.status() != 200) {
        throw new AssertionError("answered with " + answer);
      }
      return outbox.records.removeLast();
    } catch (CallbackRefusedException e) {
      throw new AssertionError(e);
    }
  }
}
