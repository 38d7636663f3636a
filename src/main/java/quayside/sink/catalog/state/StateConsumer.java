package quayside.sink.catalog.state;

import static quayside.log.LogField.CAUSE;
import static quayside.log.LogField.EVENTS;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import quayside.event.CloudEvent;
import quayside.event.EventCodec;
import quayside.event.InvalidEventException;
import quayside.event.ObjectDeleted;
import quayside.event.ObjectThumbnailed;
import quayside.event.ObjectUploaded;
import quayside.role.Role;
import quayside.role.Roles;
import quayside.sink.BatchConsumers;
import quayside.sink.GroupTopics;
import quayside.sink.PermanentFailureException;
import quayside.sink.Retry;
import quayside.sink.TransientFailureException;
import quayside.sink.catalog.CatalogConfig;
import quayside.sink.catalog.ObjectName;
import quayside.sink.catalog.state.ToldObject.Told;

/**
 * Follows the catalog: reads what the catalog reads, waits until the catalog has passed it, and has
 * the states of the objects published that the keys name. Retries, which the catalog may not pass
 * for minutes, are read beside the events and hold up none of them.
 */
@ApplicationScoped
class StateConsumer {
  private static final Logger LOG = Logger.getLogger(StateConsumer.class);
  private static final Duration ASK = Duration.ofMillis(100);

  private final CatalogProgressKafkaAdmin catalog;
  private final StateWriter writer;
  private final StateMetrics metrics;
  private final Map<String, EventCodec<?>> codecs;
  private final Retry ofEvents;
  private final Retry ofRetries;

  StateConsumer(
      StateConfig config,
      StateTopicsConfig topics,
      CatalogConfig catalogConfig,
      BatchConsumers consumers,
      CatalogProgressKafkaAdmin catalog,
      StateWriter writer,
      StateMetrics metrics) {
    this.catalog = catalog;
    this.writer = writer;
    this.metrics = metrics;
    this.codecs = codecs(topics, catalogConfig.group());
    this.ofEvents = consumers.retry("state");
    this.ofRetries = consumers.retry("state-retries");
    if (config.enabled()) {
      consumers.observe(config.group());
    }
  }

  // Made with the application, and not at all in another role.
  static void begin(@Observes StartupEvent started, Roles roles, StateConsumer consumer) {
    if (roles.include(Role.STATE)) {
      consumer.begin();
    }
  }

  void begin() {}

  @Incoming("state")
  @Blocking
  void events(ConsumerRecords<String, byte[]> records) {
    follow(records, ofEvents, false);
  }

  @Incoming("state-retries")
  @Blocking
  void retries(ConsumerRecords<String, byte[]> records) {
    follow(records, ofRetries, true);
  }

  private void follow(ConsumerRecords<String, byte[]> records, Retry retry, boolean retries) {
    Map<TopicPartition, Long> last = new HashMap<>();
    for (TopicPartition partition : records.partitions()) {
      last.put(partition, records.records(partition).getLast().offset());
    }
    retry.await(() -> catalog.hasPassed(last, retries), ASK, "the catalog is not as far");
    write(objects(records), retry);
    for (ConsumerRecord<String, byte[]> record : records) {
      metrics.fresh(Instant.ofEpochMilli(record.timestamp()));
    }
  }

  private List<ToldObject> objects(ConsumerRecords<String, byte[]> records) {
    Map<ObjectName, ToldObject> objects = new LinkedHashMap<>();
    for (ConsumerRecord<String, byte[]> record : records) {
      Optional<ObjectName> name = ObjectName.ofRecordKey(record.key());
      if (name.isEmpty()) {
        metrics.skipped("no-object", 1);
      } else if (!name.get().isStorable()) {
        metrics.skipped("not-storable", 1);
      } else {
        List<Told> events =
            objects
                .computeIfAbsent(name.get(), told -> new ToldObject(told, new ArrayList<>()))
                .events();
        Optional.ofNullable(codecs.get(record.topic()))
            .ifPresent(codec -> events.add(told(record, name.get(), codec)));
      }
    }
    return List.copyOf(objects.values());
  }

  private void write(List<ToldObject> objects, Retry retry) {
    try {
      retry.run(() -> writer.write(objects));
    } catch (PermanentFailureException | TransientFailureException e) {
      if (objects.size() == 1) {
        metrics.skipped("unexpected-error", 1);
        LOG.errorf(e, "state left out %s %s", EVENTS.of(1), CAUSE.of(e.getMessage()));
      } else {
        int middle = objects.size() / 2;
        write(objects.subList(0, middle), retry);
        write(objects.subList(middle, objects.size()), retry);
      }
    }
  }

  private static Told told(
      ConsumerRecord<String, byte[]> record, ObjectName name, EventCodec<?> codec) {
    return new Told(
        codec.type(),
        header(record, "ce_sequence"),
        () -> {
          CloudEvent<?> event = codec.read(header -> header(record, header), record.value());
          if (!name.equals(nameOf(event.data()))) {
            throw new InvalidEventException("value: is not about the object of the record's key");
          }
          return event;
        });
  }

  private static @Nullable ObjectName nameOf(Object data) {
    return switch (data) {
      case ObjectUploaded upload when upload.bucket() != null && upload.key() != null ->
          new ObjectName(upload.bucket(), upload.key());
      case ObjectThumbnailed thumbnails -> new ObjectName(thumbnails.bucket(), thumbnails.key());
      case ObjectDeleted deletion -> new ObjectName(deletion.bucket(), deletion.key());
      default -> null;
    };
  }

  private static Map<String, EventCodec<?>> codecs(StateTopicsConfig topics, String group) {
    Map<String, EventCodec<?>> ofEvents =
        Map.of(
            topics.objectUploaded(), EventCodec.objectUploaded(),
            topics.objectThumbnailed(), EventCodec.objectThumbnailed(),
            topics.objectDeleted(), EventCodec.objectDeleted());
    Map<String, EventCodec<?>> all = new HashMap<>(ofEvents);
    ofEvents.forEach((topic, codec) -> all.put(GroupTopics.retry(topic, group), codec));
    return Map.copyOf(all);
  }

  private static @Nullable String header(ConsumerRecord<String, byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null || header.value() == null
        ? null
        : new String(header.value(), StandardCharsets.UTF_8);
  }
}
