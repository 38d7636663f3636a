package quayside.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Utils;
import quayside.LaptopStackResource;
import quayside.NewTopics;
import quayside.event.CloudEvent;

/** Topics and consumer groups of a test's own, a writer of events, and how far the groups are. */
final class OwnTopics implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(120);

  private final String prefix;
  private final String servers =
      LaptopStackResource.running().getProperty("kafka.bootstrap.servers");
  private final Admin admin = Admin.create(Map.of("bootstrap.servers", servers));
  private final KafkaProducer<String, byte[]> producer =
      new KafkaProducer<>(
          Map.of("bootstrap.servers", servers), new StringSerializer(), new ByteArraySerializer());

  OwnTopics(String prefix) {
    this.prefix = prefix;
  }

  /** What has the application work on them, with its catalog, states and search index alone. */
  static Map<String, String> settings(String prefix) {
    Map<String, String> settings = new HashMap<>();
    Stream.of("uploaded", "thumbnailed", "deleted", "state")
        .forEach(what -> settings.put("quayside.topics.object-" + what, prefix + "." + what));
    Stream.of("catalog", "state", "search")
        .forEach(sink -> settings.put("quayside." + sink + ".group", prefix + "-" + sink));
    settings.put("quayside.timeline.enabled", "false");
    settings.put("mp.messaging.incoming.thumbnail-uploaded.enabled", "false");
    // How soon its clients see that there are more partitions.
    settings.put("kafka.metadata.max.age.ms", "1000");
    return settings;
  }

  /** Creates those that the application has not: it makes them with six partitions. */
  void create(int partitions) throws Exception {
    List<NewTopic> topics = new ArrayList<>();
    for (String topic : events()) {
      topics.add(new NewTopic(topic, partitions, (short) 1));
    }
    topics.add(
        new NewTopic(state(), partitions, (short) 1).configs(Map.of("cleanup.policy", "compact")));
    Set<String> there = admin.listTopics().names().get(30, TimeUnit.SECONDS);
    topics.removeIf(topic -> there.contains(topic.name()));
    NewTopics.create(admin, topics);
    assertThat(ends()).hasSize(events().size() * partitions);
  }

  /** Adds partitions to the topics of events, as an operator would. */
  void grow(int partitions) throws Exception {
    Map<String, NewPartitions> more = new HashMap<>();
    events().forEach(topic -> more.put(topic, NewPartitions.increaseTo(partitions)));
    admin.createPartitions(more).all().get(30, TimeUnit.SECONDS);
    await()
        .atMost(LIMIT)
        .ignoreExceptions()
        .until(() -> ends().size() == events().size() * partitions);
  }

  /** Sends an event to the partition that Kafka's clients choose. */
  void send(ProducerVersion version, CloudEvent<?> event) {
    producer.send(version.record(topic(event), null, event));
  }

  /** Sends an event as a client that knows of so many partitions. */
  void sendKnowing(int partitions, CloudEvent<?> event) {
    byte[] key = String.valueOf(event.partitionKey()).getBytes(StandardCharsets.UTF_8);
    int partition = Utils.toPositive(Utils.murmur2(key)) % partitions;
    producer.send(ProducerVersion.TODAY.record(topic(event), partition, event));
  }

  /** Returns when all that was sent is there. */
  void flush() {
    producer.flush();
  }

  /** Another member of the catalog's group. */
  Neighbour neighbour() {
    return new Neighbour(servers, prefix + "-catalog", events());
  }

  /** Returns when catalog, states and search have come to the ends of the topics. */
  void awaitWorkedOff() {
    producer.flush();
    for (String sink : List.of("catalog", "state", "search")) {
      await(sink).atMost(LIMIT).until(() -> lag(prefix + "-" + sink) == 0);
    }
  }

  /** Topics of retries and dead letters: there from the first record on. */
  Set<String> setAside() throws Exception {
    Set<String> others = new HashSet<>(admin.listTopics().names().get(30, TimeUnit.SECONDS));
    others.removeIf(topic -> !topic.startsWith(prefix) || events().contains(topic));
    others.remove(state());
    return others;
  }

  List<String> events() {
    return List.of(prefix + ".uploaded", prefix + ".thumbnailed", prefix + ".deleted");
  }

  String state() {
    return prefix + ".state";
  }

  @Override
  public void close() {
    producer.close();
    admin.close();
  }

  private String topic(CloudEvent<?> event) {
    return switch (event.type()) {
      case OBJECT_UPLOADED_V1 -> prefix + ".uploaded";
      case OBJECT_THUMBNAILED_V1 -> prefix + ".thumbnailed";
      case OBJECT_DELETED_V1 -> prefix + ".deleted";
      case OBJECT_STATE_V1 -> throw new IllegalArgumentException("states are the application's");
    };
  }

  private long lag(String group) throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetAndMetadata> committed =
        admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
    return ends().entrySet().stream()
        .mapToLong(end -> {
          OffsetAndMetadata position = committed.get(end.getKey());
          return end.getValue() - (position == null ? 0 : position.offset());
        })
        .sum();
  }

  private Map<TopicPartition, Long> ends() throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    for (TopicDescription topic : admin.describeTopics(events()).allTopicNames().get().values()) {
      topic
          .partitions()
          .forEach(partition ->
              latest.put(
                  new TopicPartition(topic.name(), partition.partition()), OffsetSpec.latest()));
    }
    Map<TopicPartition, Long> ends = new HashMap<>();
    admin
        .listOffsets(latest)
        .all()
        .get()
        .forEach((partition, end) -> ends.put(partition, end.offset()));
    return ends;
  }
}
