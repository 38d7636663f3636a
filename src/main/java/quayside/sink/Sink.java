package quayside.sink;

import java.util.List;
import quayside.event.CloudEvent;

/**
 * Applies events to one store. Delivery is at least once and may be out of order, so {@code apply}
 * is idempotent and fenced by {@link CloudEvent#sequence()}: an event changes the store only when
 * it is newer than what the store holds for its object. Called from several threads: retries are
 * applied beside the stream. What became of each event it tells {@link Effects}.
 *
 * @param <T> the data of the events
 */
@FunctionalInterface
public interface Sink<T> {

  /**
   * Applies a batch, all or nothing. The same object may occur several times, in any order.
   *
   * @throws PermanentFailureException when an event can never be applied; the caller then applies
   *     the events in smaller batches and dead-letters those that fail alone
   * @throws TransientFailureException when an event cannot be applied now though the store is up;
   *     the caller divides the batch likewise, and those that fail alone are tried again later
   * @throws RuntimeException for no known reason; as TransientFailureException
   * @throws DependencyUnavailableException when the store is down; the caller tries the same batch
   *     again later
   */
  void apply(List<CloudEvent<T>> events)
      throws PermanentFailureException, TransientFailureException, DependencyUnavailableException;
}
