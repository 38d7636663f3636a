package quayside.sink;

import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.Record;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import quayside.event.CloudEvent;
import quayside.event.EventCodec;
import quayside.event.EventWriter;
import quayside.event.ObjectDeleted;
import quayside.event.ObjectUploaded;

/**
 * Publishes on {@code oss.object.uploaded.v1} and {@code oss.object.deleted.v1}, keyed as callbacks
 * are, and waits for the broker. Thread-safe.
 */
@ApplicationScoped
class KafkaObservedPublisher implements ObservedEvents {
  private final EventPublisher<ObjectUploaded> uploaded;
  private final EventPublisher<ObjectDeleted> deleted;

  // Callers wait for the broker, so there are never more in the buffers than callers.
  KafkaObservedPublisher(
      EventWriter writer,
      @Channel("observed-uploaded") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER)
          MutinyEmitter<Record<String, byte[]>> uploaded,
      @Channel("observed-deleted") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER)
          MutinyEmitter<Record<String, byte[]>> deleted) {
    this.uploaded = new EventPublisher<>(EventCodec.objectUploaded(), writer, uploaded);
    this.deleted = new EventPublisher<>(EventCodec.objectDeleted(), writer, deleted);
  }

  @Override
  public void uploaded(CloudEvent<ObjectUploaded> event) throws DependencyUnavailableException {
    uploaded.publish(event);
  }

  @Override
  public void deleted(CloudEvent<ObjectDeleted> event) throws DependencyUnavailableException {
    deleted.publish(event);
  }
}
