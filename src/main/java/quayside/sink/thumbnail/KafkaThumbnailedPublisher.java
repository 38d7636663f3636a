package quayside.sink.thumbnail;

import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.Record;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.reactive.messaging.Channel;
import quayside.event.CloudEvent;
import quayside.event.EventCodec;
import quayside.event.EventWriter;
import quayside.event.ObjectThumbnailed;
import quayside.sink.DependencyUnavailableException;
import quayside.sink.EventPublisher;

/**
 * Publishes on {@code oss.object.thumbnailed.v1}, keyed as the upload, and waits for the broker.
 * Thread-safe.
 */
@ApplicationScoped
class KafkaThumbnailedPublisher implements ThumbnailedPublisher {
  private final EventPublisher<ObjectThumbnailed> events;

  KafkaThumbnailedPublisher(
      EventWriter writer,
      @Channel("object-thumbnailed") MutinyEmitter<Record<String, byte[]>> emitter) {
    this.events = new EventPublisher<>(EventCodec.objectThumbnailed(), writer, emitter);
  }

  @Override
  public void publish(CloudEvent<ObjectThumbnailed> event) throws DependencyUnavailableException {
    events.publish(event);
  }
}
