package quayside.sink.catalog.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * A subscriber as another team would write it after reading the contract, with nothing of ours: it
 * begins from the topic of states and goes on with the events. Used by one thread.
 */
final class Subscriber {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final JsonMapper JSON = new JsonMapper();

  private final String servers;
  private final Map<TopicPartition, Long> begin = new HashMap<>();
  private final Map<String, View> views = new HashMap<>();
  private final Map<String, Integer> effects = new HashMap<>();

  private Subscriber(String servers) {
    this.servers = servers;
  }

  /**
   * What it knows of an object.
   *
   * @param sequence fence of uploads and deletions
   * @param uploadId of the upload, null when it is gone or only thumbnails are known
   * @param thumbnailsSequence fence of thumbnailings
   */
  record View(
      long sequence,
      @Nullable String uploadId,
      @Nullable String etag,
      long thumbnailsSequence,
      @Nullable String thumbnailsEtag) {
    static final View NOTHING = new View(-1, null, null, -1, null);

    /** The thumbnails that it shows: those of the current version. */
    long thumbnailsShown() {
      return etag != null && etag.equals(thumbnailsEtag) ? thumbnailsSequence : -1;
    }
  }

  /** One that begins now, with the three steps of the contract; the third is {@link #follow}. */
  static Subscriber begin(String servers, String group, List<String> topics, String states) {
    Subscriber subscriber = careless(servers, group, topics);
    subscriber.readStates(states);
    return subscriber;
  }

  /** One that leaves out the states, so that it knows nothing of what was before. */
  static Subscriber careless(String servers, String group, List<String> topics) {
    Subscriber subscriber = new Subscriber(servers);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers));
        KafkaConsumer<String, byte[]> consumer = consumer(servers)) {
      Map<TopicPartition, OffsetAndMetadata> committed =
          admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
      List<TopicPartition> partitions = partitions(consumer, topics);
      Map<TopicPartition, Long> earliest = consumer.beginningOffsets(partitions);
      for (TopicPartition partition : partitions) {
        OffsetAndMetadata position = committed.get(partition);
        subscriber.begin.put(
            partition, position == null ? earliest.get(partition) : position.offset());
      }
      return subscriber;
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Reads the events from where it began to where the topics end now. */
  void follow() {
    try (KafkaConsumer<String, byte[]> consumer = consumer(servers)) {
      consumer.assign(begin.keySet());
      begin.forEach(consumer::seek);
      readToEnd(consumer, this::apply);
      begin.replaceAll((partition, from) -> consumer.position(partition));
    }
  }

  /** What it knows of the objects whose record keys begin so. */
  Map<String, View> views(String prefix) {
    return views.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(prefix))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** How often each event had an effect, by {@code ce_id}. */
  Map<String, Integer> effects() {
    return Map.copyOf(effects);
  }

  // To the end as it is now. What is compacted meanwhile was replaced before: the topic's
  // min.compaction.lag.ms is longer than this takes.
  private void readStates(String topic) {
    try (KafkaConsumer<String, byte[]> consumer = consumer(servers)) {
      List<TopicPartition> partitions = partitions(consumer, List.of(topic));
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      readToEnd(consumer, this::applyState);
    }
    views
        .values()
        .forEach(view -> {
          if (view.uploadId() != null) {
            effects.merge(view.uploadId(), 1, Integer::sum);
          }
        });
  }

  private void applyState(ConsumerRecord<String, byte[]> record) {
    long sequence = sequence(record);
    if (record.value() == null) {
      views.put(record.key(), new View(sequence, null, null, sequence, null));
      return;
    }
    JsonNode state = json(record);
    JsonNode thumbnails = state.path("thumbnails");
    views.put(
        record.key(),
        new View(
            sequence,
            text(state.path("uploadId")),
            text(state.path("etag")),
            thumbnails.isNull() ? -1 : Long.parseLong(thumbnails.path("sequence").asText()),
            text(thumbnails.path("etag"))));
  }

  private void apply(ConsumerRecord<String, byte[]> record) {
    View held = views.getOrDefault(record.key(), View.NOTHING);
    long sequence = sequence(record);
    String id = header(record, "ce_id");
    View next =
        switch (header(record, "ce_type")) {
          case "io.quayside.object.uploaded.v1" ->
              sequence <= held.sequence()
                  ? held
                  : new View(
                      sequence,
                      id,
                      text(json(record).path("etag")),
                      held.thumbnailsSequence(),
                      held.thumbnailsEtag());
          case "io.quayside.object.thumbnailed.v1" ->
              sequence <= held.thumbnailsSequence()
                  ? held
                  : new View(
                      held.sequence(),
                      held.uploadId(),
                      held.etag(),
                      sequence,
                      text(json(record).path("etag")));
          default ->
              sequence <= held.sequence()
                  ? held
                  : new View(
                      sequence,
                      null,
                      null,
                      Math.max(sequence, held.thumbnailsSequence()),
                      sequence > held.thumbnailsSequence() ? null : held.thumbnailsEtag());
        };
    if (next != held) {
      views.put(record.key(), next);
      effects.merge(id, 1, Integer::sum);
    }
  }

  @FunctionalInterface
  private interface Reader {
    void read(ConsumerRecord<String, byte[]> record);
  }

  private static void readToEnd(KafkaConsumer<String, byte[]> consumer, Reader reader) {
    Collection<TopicPartition> partitions = consumer.assignment();
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
      consumer.poll(POLL).forEach(reader::read);
    }
  }

  private static KafkaConsumer<String, byte[]> consumer(String servers) {
    return new KafkaConsumer<>(
        Map.of("bootstrap.servers", servers, "auto.offset.reset", "earliest"),
        new StringDeserializer(),
        new ByteArrayDeserializer());
  }

  private static List<TopicPartition> partitions(
      KafkaConsumer<String, byte[]> consumer, List<String> topics) {
    return topics.stream()
        .flatMap(topic -> consumer.partitionsFor(topic).stream())
        .map(info -> new TopicPartition(info.topic(), info.partition()))
        .toList();
  }

  private static long sequence(ConsumerRecord<String, byte[]> record) {
    return Long.parseLong(header(record, "ce_sequence"));
  }

  private static String header(ConsumerRecord<String, byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return new String(header.value(), StandardCharsets.UTF_8);
  }

  private static @Nullable String text(JsonNode node) {
    return node.isTextual() ? node.textValue() : null;
  }

  private static JsonNode json(ConsumerRecord<String, byte[]> record) {
    try {
      return JSON.readTree(record.value());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
