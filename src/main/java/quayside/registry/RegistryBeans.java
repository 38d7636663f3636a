package quayside.registry;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.URI;
import java.security.SecureRandom;
import quayside.event.SchemaIds;
import quayside.role.Roles;

/**
 * Puts the registration together from its configuration; anything wrong there stops the start with
 * a message that says what. A registry that is away does not.
 */
@Dependent
class RegistryBeans {

  @Produces
  @Singleton
  SchemaIds schemaIds(RegistryConfig config, RegistryTopicsConfig topics, MeterRegistry metrics) {
    return config
        .url()
        .<SchemaIds>map(url -> registration(url, config, topics, metrics))
        .orElse(SchemaIds.NONE);
  }

  // Who publishes nothing needs no ids.
  void start(@Observes StartupEvent started, Roles roles, Instance<SchemaIds> ids) {
    if (roles.publishEvents() && ids.get() instanceof SchemaRegistration registration) {
      registration.start();
    }
  }

  void stop(@Disposes SchemaIds ids) {
    if (ids instanceof SchemaRegistration registration) {
      registration.close();
    }
  }

  private static SchemaRegistration registration(
      URI url, RegistryConfig config, RegistryTopicsConfig topics, MeterRegistry metrics) {
    return new SchemaRegistration(
        new RegistryClient(RegistryAddress.of(url, config)),
        new Subjects(topics),
        RetryPauses.usual(new SecureRandom()),
        metrics);
  }
}
