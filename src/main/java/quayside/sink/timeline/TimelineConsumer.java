package quayside.sink.timeline;

import static quayside.log.LogField.CAUSE;
import static quayside.log.LogField.EVENTS;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.header.Header;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import quayside.event.EventAttributes;
import quayside.role.Role;
import quayside.role.Roles;
import quayside.sink.BatchConsumers;
import quayside.sink.EffectBatch;
import quayside.sink.PermanentFailureException;
import quayside.sink.Retry;
import quayside.sink.TransientFailureException;

/**
 * Feeds the timeline from Kafka. Waits while the database is away; an entry that the database
 * refuses is left out and counted, for the timeline is told of dead letters and has none of its
 * own.
 */
@ApplicationScoped
public class TimelineConsumer {
  private static final Logger LOG = Logger.getLogger(TimelineConsumer.class);

  /** The effects of a few batches; more are not held at a time. */
  private static final int ROWS = 2000;

  private final TimelineStore store;
  private final Retry retry;
  private final Counter written;
  private final Counter leftOut;
  private final String effectsTopic;

  TimelineConsumer(
      TimelineConfig config,
      TimelineTopicsConfig topics,
      BatchConsumers consumers,
      TimelineStore store,
      MeterRegistry metrics) {
    this.store = store;
    this.retry = consumers.retry("timeline");
    this.written =
        Counter.builder("quayside.timeline.entries")
            .description("Entries written")
            .register(metrics);
    this.leftOut =
        Counter.builder("quayside.timeline.refused")
            .description("Entries that the database refuses")
            .register(metrics);
    this.effectsTopic = topics.effects();
    if (config.enabled()) {
      consumers.observe(config.group());
    }
  }

  // Made with the application, and not at all in another role.
  static void begin(@Observes StartupEvent started, Roles roles, TimelineConsumer consumer) {
    if (roles.include(Role.TIMELINE)) {
      consumer.begin();
    }
  }

  void begin() {}

  @Incoming("timeline")
  @Blocking
  void happened(ConsumerRecords<String, byte[]> records) {
    List<TimelineEntry.OfObject> entries = new ArrayList<>();
    for (ConsumerRecord<String, byte[]> record : records) {
      entries.addAll(read(record).entries(effectsTopic));
      if (entries.size() >= ROWS) {
        write(entries);
        entries.clear();
      }
    }
    write(entries);
  }

  private void write(List<TimelineEntry.OfObject> entries) {
    if (entries.isEmpty()) {
      return;
    }
    try {
      retry.run(() -> store.write(entries));
      written.increment(entries.size());
    } catch (PermanentFailureException | TransientFailureException e) {
      if (entries.size() == 1) {
        leftOut.increment();
        LOG.warnf("entry left out %s %s", EVENTS.of(1), CAUSE.of(e.getMessage()));
      } else {
        int middle = entries.size() / 2;
        write(entries.subList(0, middle));
        write(entries.subList(middle, entries.size()));
      }
    }
  }

  /** Any record as the timeline reads it. */
  public static TimelineRecord read(ConsumerRecord<String, byte[]> record) {
    return new TimelineRecord(
        new TimelineEntry.Place(record.topic(), record.partition(), record.offset(), 0),
        Instant.ofEpochMilli(record.timestamp()),
        record.key(),
        name -> header(record, name),
        EventAttributes.of(name -> header(record, name), record.value()),
        () -> Optional.ofNullable(record.value()).flatMap(EffectBatch::read));
  }

  private static @Nullable String header(ConsumerRecord<String, byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null || header.value() == null
        ? null
        : new String(header.value(), StandardCharsets.UTF_8);
  }
}
