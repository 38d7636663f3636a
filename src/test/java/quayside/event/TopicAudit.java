package quayside.event;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import quayside.TopicContent;

/**
 * Holds all that a broker has on the topics of the contract against the contract. For tests whose
 * application is a process of its own, which {@link EventGate} does not see.
 */
public final class TopicAudit {
  private TopicAudit() {}

  /**
   * Fails unless every record keeps to the contract.
   *
   * @param planted records that the test itself put there to break it
   */
  public static void assertAllValid(
      String bootstrapServers, Predicate<ConsumerRecord<String, byte[]>> planted) {
    List<String> findings = new ArrayList<>();
    for (ConsumerRecord<String, byte[]> record :
        TopicContent.ofAll(bootstrapServers, ContractTopics::contains)) {
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
}
