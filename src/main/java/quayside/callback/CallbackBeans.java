package quayside.callback;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.jboss.logging.Logger;
import quayside.callback.journal.JournalConfig;
import quayside.callback.rule.BucketRules;
import quayside.event.EventWriter;
import quayside.event.VerificationLevel;
import quayside.grant.token.GrantKeys;
import quayside.grant.token.GrantVerifier;
import quayside.grant.token.UsedGrants;
import quayside.signature.KeyRing;
import quayside.signature.SignatureVersion1;

/**
 * Puts the edge together from its configuration; anything wrong there stops the start with a
 * message that says what.
 */
@Dependent
class CallbackBeans {
  private static final Logger LOG = Logger.getLogger(CallbackBeans.class);

  @Produces
  @Singleton
  CallbackPaths paths(CallbackConfig config) {
    return new CallbackPaths(config.paths());
  }

  @Produces
  @Singleton
  BodyReader bodyReader(CallbackConfig config) {
    return new BodyReader(config.maxBodySize().asLongValue());
  }

  @Produces
  @Singleton
  Budget budget(CallbackConfig config, JournalConfig journal) {
    return CallbackLimits.budget(config, journal);
  }

  @Produces
  @Singleton
  InFlight inFlight(CallbackConfig config, MeterRegistry registry) {
    InFlight inFlight = new InFlight(config.maxInFlight(), config.maxInFlightSize().asLongValue());
    Gauge.builder("quayside.callback.in.flight", inFlight, InFlight::requests)
        .description("Callbacks between the last byte of their body and their answer")
        .register(registry);
    Gauge.builder("quayside.callback.in.flight.bytes", inFlight, InFlight::bytes)
        .description("Bytes of bodies held")
        .register(registry);
    return inFlight;
  }

  @Produces
  @Singleton
  ConnectionMetrics connectionMetrics(MeterRegistry registry) {
    return new ConnectionMetrics(registry);
  }

  @Produces
  @Singleton
  CallbackMetrics metrics(MeterRegistry registry) {
    return new CallbackMetrics(registry);
  }

  @Produces
  @Singleton
  CallbackVerifier verifier(KeyRing keys) {
    return new CallbackVerifier(keys, new SignatureVersion1());
  }

  @Produces
  @Singleton
  EventOutbox outbox(ObjectUploadedPublisher kafka, IngressJournal journal) {
    return journal
        .journal()
        .<EventOutbox>map(open -> new JournalledOutbox(kafka, open))
        .orElse(kafka);
  }

  @Produces
  @Singleton
  GrantCheck grantCheck(
      CallbackConfig config, GrantKeys keys, GrantVerifier verifier, UsedGrants used) {
    if (config.requiredLevel() == VerificationLevel.GRANT && keys.current().keys().isEmpty()) {
      LOG.warn(
          "quayside.callback.required-level is grant, but there is no grant key:"
              + " every callback will be refused");
    }
    return new GrantCheck(verifier, used, config.requiredLevel());
  }

  @Produces
  @Singleton
  RuleCheck ruleCheck(CallbackConfig config, MeterRegistry registry) {
    return new RuleCheck(
        BucketRules.of(config.rules(), config.buckets()), config.rules().dryRun(), registry);
  }

  @Produces
  @Singleton
  UploadWriter uploadWriter(CallbackConfig config, EventWriter writer) {
    return new UploadWriter(new Redaction(config), writer);
  }

  @Produces
  @Singleton
  CallbackIntake intake(
      CallbackConfig config,
      CallbackVerifier verifier,
      GrantCheck grants,
      RuleCheck rules,
      UploadWriter writer,
      EventOutbox outbox,
      CallbackMetrics metrics,
      Clock clock) {
    return new CallbackIntake(
        config,
        verifier,
        grants,
        new ObjectUploadedFactory(config, clock),
        rules,
        writer,
        outbox,
        metrics);
  }
}
