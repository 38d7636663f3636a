package quayside.laptop.demo;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads the thumbnail consumer's dead letters, as an operator with any Kafka tool would. */
final class DeadLetters {
  private static final String TOPIC = "oss.object.uploaded.v1.quayside-thumbnail.dlq";

  private final String bootstrapServers;

  DeadLetters(String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
  }

  /** Why the event was set aside, if it was. */
  Optional<String> cause(String eventId) {
    Map<String, Object> configuration =
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers,
            ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
            false);
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(configuration, new StringDeserializer(), new StringDeserializer())) {
      List<PartitionInfo> partitions = consumer.listTopics().getOrDefault(TOPIC, List.of());
      List<TopicPartition> all =
          partitions.stream().map(p -> new TopicPartition(TOPIC, p.partition())).toList();
      consumer.assign(all);
      consumer.seekToBeginning(all);
      Map<TopicPartition, Long> ends = consumer.endOffsets(all);
      while (all.stream()
          .anyMatch(partition -> consumer.position(partition) < ends.getOrDefault(partition, 0L))) {
        for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(500))) {
          if (header(record, "ce_id").equals(eventId)) {
            return Optional.of(header(record, "dead-letter-cause"));
          }
        }
      }
      return Optional.empty();
    }
  }

  private static String header(ConsumerRecord<String, String> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
  }
}
