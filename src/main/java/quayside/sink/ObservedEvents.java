package quayside.sink;

import quayside.event.CloudEvent;
import quayside.event.ObjectDeleted;
import quayside.event.ObjectUploaded;

/** Where events go that come from looking at a bucket, for all sinks. Blocks; thread-safe. */
public interface ObservedEvents {

  /** Returns when the event is durable. */
  void uploaded(CloudEvent<ObjectUploaded> event) throws DependencyUnavailableException;

  /** Returns when the event is durable. */
  void deleted(CloudEvent<ObjectDeleted> event) throws DependencyUnavailableException;
}
