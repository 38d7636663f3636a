package quayside.callback;

import java.util.concurrent.CompletableFuture;
import quayside.event.EventRecord;

/**
 * Where accepted events become durable. The result completes only when the event survives a crash
 * of this service; it fails with {@link CallbackRefusedException} when that could not be achieved
 * in time, which does not exclude that the event appears later. Implementations are thread-safe and
 * never block the caller.
 */
@FunctionalInterface
interface EventOutbox {

  /** Makes an event durable before the deadline; to be called on the deadline's event loop. */
  CompletableFuture<Durability> store(EventRecord record, Deadline deadline);
}
