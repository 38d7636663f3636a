package quayside.sink.thumbnail;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.Semaphore;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import quayside.event.EventCodec;
import quayside.event.ObjectUploaded;
import quayside.role.Role;
import quayside.role.Roles;
import quayside.sink.BatchConsumer;
import quayside.sink.BatchConsumers;

/**
 * Feeds the thumbnail sink from Kafka, a few uploads at a time; offsets are committed when all of a
 * poll are done.
 */
@ApplicationScoped
class ThumbnailConsumer {
  private final BatchConsumer<ObjectUploaded> uploads;
  private final Semaphore permits;

  ThumbnailConsumer(ThumbnailConfig config, BatchConsumers consumers, ThumbnailPipeline pipeline) {
    this.uploads =
        consumers.create("thumbnail", config.group(), EventCodec.objectUploaded(), pipeline);
    // Fair, so that a poll full of images does not keep the other consumer waiting.
    this.permits = new Semaphore(config.parallelism(), true);
  }

  // Made with the application, so that its group is known, and not at all in another role.
  static void begin(@Observes StartupEvent started, Roles roles, ThumbnailConsumer consumer) {
    if (roles.include(Role.THUMBNAIL)) {
      consumer.begin();
    }
  }

  void begin() {}

  @Incoming("thumbnail-uploaded")
  @Blocking
  void uploaded(ConsumerRecords<String, byte[]> records) throws InterruptedException {
    uploads.acceptEach(records, permits);
  }
}
