package quayside.sink.thumbnail;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import quayside.event.CloudEvent;
import quayside.event.EventCodec;
import quayside.event.InvalidEventException;
import quayside.event.ObjectUploaded;
import quayside.sink.DependencyUnavailableException;

/**
 * Reads the uploads once more, up to where the topic ends when it begins. The offsets of a group of
 * the campaign's own remember how far it came, so it can be resumed anywhere. Used by one thread.
 */
final class CampaignConsumer implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(500);
  private static final int BATCH = 16;
  private static final EventCodec<ObjectUploaded> CODEC = EventCodec.objectUploaded();

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final String topic;
  private final List<TopicPartition> partitions = new ArrayList<>();
  private Map<TopicPartition, Long> ends = Map.of();

  CampaignConsumer(Map<String, Object> kafka, String group, String topic) {
    Map<String, Object> properties = new HashMap<>(kafka);
    properties.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
    properties.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, BATCH);
    properties.put(ConsumerConfig.CLIENT_ID_CONFIG, group);
    this.consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    this.topic = topic;
  }

  /** Goes to where the campaign was, or to the beginning; returns how many uploads are left. */
  long begin(boolean restart) throws DependencyUnavailableException {
    try {
      partitions.clear();
      consumer
          .partitionsFor(topic)
          .forEach(partition -> partitions.add(new TopicPartition(topic, partition.partition())));
      consumer.assign(partitions);
      if (restart) {
        consumer.seekToBeginning(partitions);
      }
      ends = consumer.endOffsets(partitions);
      return partitions.stream()
          .mapToLong(this::left)
          .sum();
    } catch (KafkaException e) {
      throw unavailable(e);
    }
  }

  /** True until everything there was at the beginning is read. */
  boolean hasNext() throws DependencyUnavailableException {
    try {
      return partitions.stream().anyMatch(partition -> left(partition) > 0);
    } catch (KafkaException e) {
      throw unavailable(e);
    }
  }

  /** A few uploads, or none yet. Records that are no event are null: somebody set them aside. */
  List<@Nullable CloudEvent<ObjectUploaded>> poll() throws DependencyUnavailableException {
    try {
      List<@Nullable CloudEvent<ObjectUploaded>> events = new ArrayList<>();
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        events.add(read(record));
      }
      return events;
    } catch (KafkaException e) {
      throw unavailable(e);
    }
  }

  /** Remembers that everything read so far is done. */
  boolean commit() throws DependencyUnavailableException {
    try {
      Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
      partitions.forEach(p -> offsets.put(p, new OffsetAndMetadata(consumer.position(p))));
      consumer.commitSync(offsets);
      return true;
    } catch (KafkaException e) {
      throw unavailable(e);
    }
  }

  @Override
  public void close() {
    consumer.close();
  }

  private long left(TopicPartition partition) {
    return ends.getOrDefault(partition, 0L) - consumer.position(partition);
  }

  private static @Nullable CloudEvent<ObjectUploaded> read(ConsumerRecord<byte[], byte[]> record) {
    try {
      return CODEC.read(name -> header(record, name), record.value());
    } catch (InvalidEventException dead) {
      return null;
    }
  }

  private static @Nullable String header(ConsumerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null || header.value() == null
        ? null
        : new String(header.value(), StandardCharsets.UTF_8);
  }

  private static DependencyUnavailableException unavailable(KafkaException cause) {
    return new DependencyUnavailableException("Kafka: " + cause.getMessage(), cause);
  }
}
