package quayside.sink.thumbnail;

import io.quarkus.runtime.Startup;
import io.smallrye.common.annotation.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
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
  private final int parallelism;

  ThumbnailConsumer(ThumbnailConfig config, BatchConsumers consumers, ThumbnailPipeline pipeline) {
    this.uploads =
        consumers.create("thumbnail", config.group(), EventCodec.objectUploaded(), pipeline);
    this.parallelism = config.parallelism();
  }

  @Incoming("thumbnail-uploaded")
  @Blocking
  void uploaded(ConsumerRecords<String, byte[]> records) throws InterruptedException {
    uploads.acceptEach(records, parallelism);
  }
}
