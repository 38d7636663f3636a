package quayside.sink;

import io.smallrye.mutiny.Uni;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Passes records on, to retry and dead letter topics. Thread-safe. */
public interface RecordPublisher {

  /**
   * Publishes key, value and headers of a record; headers of an earlier retry or dead letter are
   * left out. Completes when Kafka has it durably.
   *
   * @param headers added to the record's own; they replace those of the same name, and those that
   *     are attributes of an event also replace what its value says, where that is the event
   */
  Uni<Void> publish(
      String topic, ConsumerRecord<String, byte[]> record, Map<String, String> headers);
}
