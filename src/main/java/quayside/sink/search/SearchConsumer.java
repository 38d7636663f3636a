package quayside.sink.search;

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
 * Feeds the index from Kafka, a poll at a time. Offsets are committed after the batch is in the
 * index.
 */
@ApplicationScoped
class SearchConsumer {
  private final BatchConsumer<ObjectUploaded> uploaded;
  private final BatchConsumer<ObjectThumbnailed> thumbnailed;
  private final BatchConsumer<ObjectDeleted> deleted;

  SearchConsumer(
      BatchConsumers consumers, SearchIndex index, SearchMetrics metrics, SearchConfig config) {
    uploaded =
        consumers.create(
            "search-uploaded",
            config.group(),
            EventCodec.objectUploaded(),
            SearchSink.uploaded(index, metrics));
    thumbnailed =
        consumers.create(
            "search-thumbnailed",
            config.group(),
            EventCodec.objectThumbnailed(),
            SearchSink.thumbnailed(index, metrics));
    deleted =
        consumers.create(
            "search-deleted",
            config.group(),
            EventCodec.objectDeleted(),
            SearchSink.deleted(index, metrics));
  }

  // Made with the application, so that its group is known, and not at all in another role.
  static void begin(@Observes StartupEvent started, Roles roles, SearchConsumer consumer) {
    if (roles.include(Role.SEARCH)) {
      consumer.begin();
    }
  }

  void begin() {}

  @Incoming("search-uploaded")
  @Blocking
  void uploaded(ConsumerRecords<String, byte[]> records) {
    uploaded.accept(records);
  }

  @Incoming("search-thumbnailed")
  @Blocking
  void thumbnailed(ConsumerRecords<String, byte[]> records) {
    thumbnailed.accept(records);
  }

  @Incoming("search-deleted")
  @Blocking
  void deleted(ConsumerRecords<String, byte[]> records) {
    deleted.accept(records);
  }
}
