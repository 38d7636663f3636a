package quayside.event;

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

/**
 * Holds all that a broker has on the topics of the contract against the contract. For tests whose
 * application is a process of its own, which {@link EventGate} does not see.
 */
public final class TopicAudit {
  private static final Duration POLL = Duration.ofMillis(200);

  private TopicAudit() {}

  /**
   * Fails unless every record keeps to the contract.
   *
   * @param planted records that the test itself put there to break it
   */
  public static void assertAllValid(
      String bootstrapServers, Predicate<ConsumerRecord<String, byte[]>> planted) {
    List<String> findings = new ArrayList<>();
    for (ConsumerRecord<String, byte[]> record : read(bootstrapServers)) {
      List<String> found =
          EventOracle.findings(record.topic(), record.key(), record.headers(), record.value());
      if (!found.isEmpty() && !planted.test(record)) {
        findings.add(
            "%s-%d@%d %s: %s"
                .formatted(
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    ContractTopics.text(record.headers(), "ce_id"),
                    String.join("; ", found)));
      }
    }
    if (!findings.isEmpty()) {
      throw new AssertionError(
          findings.size() + " records break the contract:\n" + String.join("\n", findings));
    }
  }

  private static List<ConsumerRecord<String, byte[]>> read(String bootstrapServers) {
    List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers),
            new StringDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.listTopics().values().stream()
              .flatMap(List::stream)
              .filter(partition -> ContractTopics.contains(partition.topic()))
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
