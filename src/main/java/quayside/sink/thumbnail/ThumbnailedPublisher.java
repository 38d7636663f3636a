package quayside.sink.thumbnail;

import quayside.event.CloudEvent;
import quayside.event.ObjectThumbnailed;
import quayside.sink.DependencyUnavailableException;

/** Tells the world that thumbnails are in the bucket. Thread-safe. */
@FunctionalInterface
interface ThumbnailedPublisher {

  /** Returns when the event is durable. */
  void publish(CloudEvent<ObjectThumbnailed> event) throws DependencyUnavailableException;
}
