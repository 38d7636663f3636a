package quayside.sink;

import io.smallrye.mutiny.Uni;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Where records go that can never be applied. */
interface DeadLetters {

  /** Completes when the record is set aside durably. */
  Uni<Void> publish(ConsumerRecord<String, byte[]> record, String group, DeadLetter deadLetter);
}
