package quayside.sink.catalog.state;

import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import quayside.LaptopStackResource;
import quayside.NewTopics;
import quayside.event.CloudEvent;
import quayside.event.EventCodec;
import quayside.event.ObjectDeleted;
import quayside.event.ObjectThumbnailed;
import quayside.event.ObjectUploaded;

/** Topics of a test's own on the shared broker, a writer of events, and subscribers to them. */
final class BusyTopics implements AutoCloseable {
  static final String UPLOADED = "busy.uploaded.v1";
  static final String THUMBNAILED = "busy.thumbnailed.v1";
  static final String DELETED = "busy.deleted.v1";
  static final String STATE = "busy.state.v1";
  static final String CATALOG_GROUP = "busy-catalog";
  static final String STATE_GROUP = "busy-state";

  private static final List<String> EVENTS = List.of(UPLOADED, THUMBNAILED, DELETED);
  private static final int PARTITIONS = 3;
  private static final Duration LIMIT = Duration.ofSeconds(120);
  private static final EventCodec<ObjectUploaded> UPLOADS = EventCodec.objectUploaded();
  private static final EventCodec<ObjectThumbnailed> THUMBNAILS = EventCodec.objectThumbnailed();
  private static final EventCodec<ObjectDeleted> DELETIONS = EventCodec.objectDeleted();

  // Compacted as soon and as often as a broker does it at all, but for what subscribers need.
  private static final Map<String, String> BUSY =
      Map.of(
          "cleanup.policy", "compact",
          "segment.ms", "200",
          "min.cleanable.dirty.ratio", "0.001",
          "min.compaction.lag.ms", "10000",
          "max.compaction.lag.ms", "11000");

  private final String servers =
      LaptopStackResource.running().getProperty("kafka.bootstrap.servers");
  private final Admin admin = Admin.create(Map.of("bootstrap.servers", servers));
  private final KafkaProducer<String, byte[]> producer =
      new KafkaProducer<>(
          Map.of("bootstrap.servers", servers), new StringSerializer(), new ByteArraySerializer());

  /** Creates those that do not exist, and has the broker compact every moment. */
  void create() throws Exception {
    List<NewTopic> topics = new ArrayList<>();
    for (String topic : EVENTS) {
      topics.add(new NewTopic(topic, PARTITIONS, (short) 1));
    }
    topics.add(new NewTopic(STATE, PARTITIONS, (short) 1).configs(BUSY));
    topics.removeIf(this::exists);
    NewTopics.create(admin, topics);
    setCleanerPause(new ConfigEntry("log.cleaner.backoff.ms", "200"), AlterConfigOp.OpType.SET);
  }

  private void setCleanerPause(ConfigEntry entry, AlterConfigOp.OpType how) throws Exception {
    ConfigResource brokers = new ConfigResource(ConfigResource.Type.BROKER, "");
    admin
        .incrementalAlterConfigs(Map.of(brokers, List.of(new AlterConfigOp(entry, how))))
        .all()
        .get(30, TimeUnit.SECONDS);
  }

  private boolean exists(NewTopic topic) {
    try {
      return admin.listTopics().names().get(30, TimeUnit.SECONDS).contains(topic.name());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  Subscriber subscriber() {
    return Subscriber.begin(servers, STATE_GROUP, EVENTS, STATE);
  }

  Subscriber carelessSubscriber() {
    return Subscriber.careless(servers, STATE_GROUP, EVENTS);
  }

  /** Begins to send events at this rate, in the background. */
  Sending begin(List<CloudEvent<?>> events, int perSecond) {
    return new Sending(events, perSecond);
  }

  /** Sends events and waits until they are there. */
  void publishAll(List<CloudEvent<?>> events) {
    events.forEach(this::send);
    producer.flush();
  }

  /** Returns when catalog and states have come to the ends of the topics. */
  void awaitAllWorkedOff() {
    producer.flush();
    await().atMost(LIMIT).until(() -> lag(CATALOG_GROUP) + lag(STATE_GROUP) == 0);
  }

  @Override
  public void close() throws Exception {
    setCleanerPause(new ConfigEntry("log.cleaner.backoff.ms", ""), AlterConfigOp.OpType.DELETE);
    producer.close();
    admin.close();
  }

  private long lag(String group) throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetAndMetadata> committed =
        admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    for (String topic : EVENTS) {
      for (int partition = 0; partition < PARTITIONS; partition++) {
        latest.put(new TopicPartition(topic, partition), OffsetSpec.latest());
      }
    }
    return admin.listOffsets(latest).all().get().entrySet().stream()
        .mapToLong(end -> {
          OffsetAndMetadata position = committed.get(end.getKey());
          return end.getValue().offset() - (position == null ? 0 : position.offset());
        })
        .sum();
  }

  private void send(CloudEvent<?> event) {
    switch (event.data()) {
      case ObjectUploaded data -> send(UPLOADED, UPLOADS, event, data);
      case ObjectThumbnailed data -> send(THUMBNAILED, THUMBNAILS, event, data);
      case ObjectDeleted data -> send(DELETED, DELETIONS, event, data);
      default -> throw new IllegalArgumentException(event.type().ceType());
    }
  }

  private <T> void send(String topic, EventCodec<T> codec, CloudEvent<?> event, T data) {
    CloudEvent<T> typed =
        new CloudEvent<>(
            event.id(),
            event.source(),
            event.type(),
            event.subject(),
            event.time(),
            event.recordedTime(),
            event.partitionKey(),
            event.sequence(),
            event.ingestPath(),
            event.causationId(),
            data);
    ProducerRecord<String, byte[]> record =
        new ProducerRecord<>(topic, typed.partitionKey(), codec.value(typed));
    codec
        .headers(typed)
        .forEach((name, text) -> record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
    producer.send(record);
  }

  /** Events on their way, one after the other. */
  final class Sending implements AutoCloseable {
    private final List<CloudEvent<?>> events;
    private final AtomicInteger sent = new AtomicInteger();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

    private Sending(List<CloudEvent<?>> events, int perSecond) {
      this.events = events;
      long micros = 1_000_000 / perSecond;
      for (int i = 0; i < events.size(); i++) {
        CloudEvent<?> event = events.get(i);
        clock.schedule(
            () -> {
              send(event);
              sent.incrementAndGet();
            },
            i * micros,
            TimeUnit.MICROSECONDS);
      }
    }

    /** Returns when so many are sent. */
    void await(int count) {
      org.awaitility.Awaitility.await()
          .pollInterval(Duration.ofMillis(10))
          .atMost(LIMIT)
          .until(() -> sent.get() >= count);
    }

    /** Returns when all are sent. */
    void awaitEnd() {
      await(events.size());
    }

    @Override
    public void close() {
      clock.shutdownNow();
    }
  }
}
