package quayside.sink.catalog;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import quayside.event.EventCodec;
import quayside.event.ObjectDeleted;
import quayside.event.ObjectThumbnailed;
import quayside.event.ObjectUploaded;
import quayside.role.Role;
import quayside.role.Roles;
import quayside.sink.BatchConsumer;
import quayside.sink.BatchConsumers;

/**
 * Feeds the catalog from Kafka, one poll at a time; its offsets are committed when the database has
 * committed.
 */
@ApplicationScoped
class CatalogConsumer {
  private final BatchConsumer<ObjectUploaded> uploads;
  private final BatchConsumer<ObjectThumbnailed> thumbnails;
  private final BatchConsumer<ObjectDeleted> deletions;

  CatalogConsumer(
      CatalogConfig config,
      BatchConsumers consumers,
      ObjectSink objects,
      ThumbnailSink thumbnails,
      TombstoneSink tombstones) {
    this.uploads =
        consumers.create("catalog", config.group(), EventCodec.objectUploaded(), objects);
    this.thumbnails =
        consumers.create(
            "catalog-thumbnails", config.group(), EventCodec.objectThumbnailed(), thumbnails);
    this.deletions =
        consumers.create("catalog-deleted", config.group(), EventCodec.objectDeleted(), tombstones);
  }

  // Made with the application, so that its group is known, and not at all in another role.
  static void begin(@Observes StartupEvent started, Roles roles, CatalogConsumer consumer) {
    if (roles.include(Role.CATALOG)) {
      consumer.begin();
    }
  }

  void begin() {}

  @Incoming("catalog-uploaded")
  @Blocking
  void uploaded(ConsumerRecords<String, byte[]> records) {
    uploads.accept(records);
  }

  @Incoming("catalog-thumbnailed")
  @Blocking
  void thumbnailed(ConsumerRecords<String, byte[]> records) {
    thumbnails.accept(records);
  }

  @Incoming("catalog-deleted")
  @Blocking
  void deleted(ConsumerRecords<String, byte[]> records) {
    deletions.accept(records);
  }
}
