package quayside.event;

import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/**
 * The writer of all events, made once from the configuration; anything wrong there stops the start
 * with a message that says what.
 */
@Dependent
class EventBeans {

  @Produces
  @Singleton
  EventWriter writer(EventsConfig config, SchemaIds schemaIds) {
    return new EventWriter(
        config.contentMode(), schemaIds, SigningKey.of(config.signing()).orElse(null));
  }

  /** Where there is no registry. */
  @Produces
  @Singleton
  @DefaultBean
  SchemaIds noSchemaIds() {
    return SchemaIds.NONE;
  }
}
