package quayside.sink.catalog.state;

import java.util.List;
import org.jspecify.annotations.Nullable;
import quayside.event.CloudEvent;
import quayside.event.EventType;
import quayside.event.InvalidEventException;
import quayside.sink.catalog.LockedObjects.Known;
import quayside.sink.catalog.ObjectName;

/**
 * An object whose state is to be told, and the events that are the reason.
 *
 * @param events those of a batch; none when it is told for another reason
 */
record ToldObject(ObjectName name, List<Told> events) {

  /**
   * An event as far as it has to be read: whether the catalog holds something as new is known from
   * its sequence, and mostly it does.
   *
   * @param sequence as the header says; null when there is none
   * @param event reads the rest
   */
  record Told(EventType type, @Nullable String sequence, Reading event) {

    /** True unless the catalog holds the event, or a newer one. */
    boolean mayBeNewerThan(Known known) {
      long fence =
          type == EventType.OBJECT_THUMBNAILED_V1 ? known.thumbnailsFence() : known.fence();
      try {
        return sequence == null || Long.parseLong(sequence) > fence;
      } catch (NumberFormatException e) {
        return true;
      }
    }
  }

  /** The rest of an event. */
  @FunctionalInterface
  interface Reading {
    /**
     * Reads it.
     *
     * @throws InvalidEventException when it is no event, or one about another object
     */
    CloudEvent<?> read() throws InvalidEventException;
  }
}
