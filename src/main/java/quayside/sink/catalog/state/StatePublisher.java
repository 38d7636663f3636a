package quayside.sink.catalog.state;

import java.util.List;
import quayside.sink.DependencyUnavailableException;
import quayside.sink.catalog.ObjectName;

/** Where states go. Blocks; thread-safe. */
interface StatePublisher {

  /**
   * Which lock an object is under while its state is published: objects that two consumers may work
   * on at the same time should have different ones.
   */
  int stripe(ObjectName name);

  /**
   * Publishes states, of each object at most one. Returns when Kafka has all of them durably.
   *
   * @return those that can never be published: they are larger than a record may be
   * @throws DependencyUnavailableException when Kafka does not take one of them; others may be
   *     published
   */
  List<CurrentState> publish(List<CurrentState> states) throws DependencyUnavailableException;
}
