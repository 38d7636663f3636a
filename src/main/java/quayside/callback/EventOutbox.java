package quayside.callback;

import io.smallrye.mutiny.Uni;
import quayside.event.CloudEvent;
import quayside.event.ObjectUploaded;

/**
 * Where accepted events become durable. The result completes only when the event survives a crash
 * of this service; it fails with {@link CallbackRefusedException} when that could not be achieved
 * in time, which does not exclude that the event appears later. Implementations are thread-safe and
 * never block the caller.
 */
@FunctionalInterface
interface EventOutbox {

  /** Makes an event durable before the deadline. Starts when the result is subscribed to. */
  Uni<Durability> store(CloudEvent<ObjectUploaded> event, Deadline deadline);
}
