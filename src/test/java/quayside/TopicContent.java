package quayside;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** All that topics hold at this moment, read from their beginning with a plain client. */
public final class TopicContent {
  private static final Duration POLL = Duration.ofMillis(200);

  private TopicContent() {}

  /** The records of a topic, of each partition in its order; none when there is no such topic. */
  public static List<ConsumerRecord<String, byte[]>> of(String bootstrapServers, String topic) {
    return ofAll(bootstrapServers, topic::equals);
  }

  /** The records of all topics with such names. */
  public static List<ConsumerRecord<String, byte[]>> ofAll(
      String bootstrapServers, Predicate<String> names) {
    List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers),
            new StringDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.listTopics().values().stream()
              .flatMap(List::stream)
              .filter(partition -> names.test(partition.topic()))
              .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        consumer.poll(POLL).forEach(records::add);
      }
    }
    return records;
  }
}
