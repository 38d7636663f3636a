package quayside.event;

import org.jspecify.annotations.Nullable;

/**
 * Under which ids a schema registry knows the schemas of our events. Implementations are
 * thread-safe and never block: they are asked for every event that is written.
 */
@FunctionalInterface
public interface SchemaIds {
  /** There is no registry. */
  SchemaIds NONE = type -> null;

  /** The id of the schema of a type in decimal digits, or null while it is not known. */
  @Nullable String of(EventType type);
}
