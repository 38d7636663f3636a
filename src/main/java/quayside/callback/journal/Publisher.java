package quayside.callback.journal;

import java.util.concurrent.CompletionStage;
import quayside.event.EventRecord;

/** Where the drainer's records go. */
@FunctionalInterface
public interface Publisher {

  /**
   * Publishes one record; called on the drainer's thread, in order, with others of other keys in
   * flight.
   *
   * @return completes when the record is durable there; fails with {@link UnpublishableException}
   *     when it never can be, with anything else when it is worth another try
   */
  CompletionStage<Void> publish(EventRecord record);
}
