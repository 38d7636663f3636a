package quayside.sink.thumbnail;

import io.quarkus.runtime.Startup;
import io.smallrye.common.annotation.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.Semaphore;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import quayside.event.EventCodec;
import quayside.event.ObjectUploaded;
import quayside.sink.BatchConsumer;
import quayside.sink.BatchConsumers;

/**
 * Feeds the thumbnail sink from Kafka, a few uploads at a time; offsets are committed when all of a
 * poll are done.
 */
@Startup
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

  @Incoming("thumbnail-uploaded")
  @Blocking
  void uploaded(ConsumerRecords<String, byte[]> records) throws InterruptedException {
    uploads.acceptEach(records, permits);
  }
}
