package quayside.callback;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.quarkus.runtime.configuration.ConfigUtils;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/**
 * Puts the edge together from its configuration; anything wrong there stops the start with a
 * message that says what.
 */
@Dependent
class CallbackBeans {

  @Produces
  @Singleton
  @Startup
  CallbackPaths paths(CallbackConfig config) {
    CallbackLimits.check(config);
    return new CallbackPaths(config.paths());
  }

  @Produces
  @Singleton
  BodyReader bodyReader(CallbackConfig config) {
    return new BodyReader(config.maxBodySize().asLongValue(), config.bodyTimeout());
  }

  @Produces
  @Singleton
  @Startup
  CallbackMetrics metrics(MeterRegistry registry) {
    return new CallbackMetrics(registry);
  }

  @Produces
  @Singleton
  @Startup
  CallbackVerifier verifier(CallbackConfig config) {
    List<PublicKey> additional = AdditionalKeys.read(config.keys(), ConfigUtils.getProfiles());
    return new CallbackVerifier(new KeyRing(additional), new SignatureVersion1());
  }

  @Produces
  @Singleton
  CallbackIntake intake(
      CallbackConfig config,
      CallbackVerifier verifier,
      EventOutbox outbox,
      CallbackMetrics metrics,
      Clock clock) {
    return new CallbackIntake(
        verifier,
        new ObjectUploadedFactory(config, clock),
        outbox,
        metrics,
        config.buckets().map(Set::copyOf));
  }
}
