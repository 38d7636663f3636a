package quayside.sink;

import java.util.List;
import quayside.event.CloudEvent;

/**
 * Applies events to one store. Delivery is at least once and may be out of order, so {@code apply}
 * is idempotent and fenced by {@link CloudEvent#sequence()}: an event changes the store only when
 * it is newer than what the store holds for its object. Fed by {@link BatchConsumer#accept} it is
 * called from one thread at a time, by {@link BatchConsumer#acceptEach} from several.
 *
 * @param <T> the data of the events
 */
@FunctionalInterface
public interface Sink<T> {

  /**
   * Applies a batch, all or nothing. The same object may occur several times, in any order.
   *
   * @throws PermanentFailureException when an event can never be applied; the caller then applies
   *     the events one by one and dead-letters those that fail alone
   * @throws DependencyUnavailableException when the store is down; the caller tries the same batch
   *     again later
   */
  void apply(List<CloudEvent<T>> events)
      throws PermanentFailureException, DependencyUnavailableException;
}
