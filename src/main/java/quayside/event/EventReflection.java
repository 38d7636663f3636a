package quayside.event;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * The data of events, which Jackson writes and reads by reflection: a native executable knows the
 * members of a class only when it was told of them, and would publish nothing. With their nested
 * records.
 */
@RegisterForReflection(
    targets = {
      ObjectUploaded.class,
      ObjectThumbnailed.class,
      ObjectDeleted.class,
      ObjectState.class
    })
final class EventReflection {
  private EventReflection() {}
}
