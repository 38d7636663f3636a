package quayside.callback;

import io.opentelemetry.context.Context;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import quayside.callback.journal.Journal;
import quayside.callback.journal.JournalRecord;
import quayside.callback.journal.JournalRefusedException;
import quayside.callback.journal.Refusal;
import quayside.event.CloudEvent;
import quayside.event.EventCodec;
import quayside.event.ObjectUploaded;

/**
 * Keeps in the journal what Kafka does not take in time. As long as the journal holds anything, new
 * events go there at once: so nobody waits for a Kafka that is away, and nothing overtakes what was
 * accepted before. Thread-safe; does not block.
 */
final class JournalledOutbox implements EventOutbox {
  private static final EventCodec<ObjectUploaded> CODEC = EventCodec.objectUploaded();

  private final EventOutbox kafka;
  private final Journal journal;

  JournalledOutbox(EventOutbox kafka, Journal journal) {
    this.kafka = kafka;
    this.journal = journal;
  }

  @Override
  public CompletableFuture<Durability> store(
      CloudEvent<ObjectUploaded> event, Deadline deadline) {
    return journal.isEmpty()
        ? kafka
            .store(event, deadline)
            .exceptionallyCompose(notPublished -> append(event, deadline))
        : append(event, deadline);
  }

  private CompletableFuture<Durability> append(
      CloudEvent<ObjectUploaded> event, Deadline deadline) {
    JournalRecord record =
        new JournalRecord(
            event.partitionKey(),
            KeptTrace.keep(Context.current(), CODEC.headers(event)),
            CODEC.value(event));
    return deadline
        .appending(() -> journal.append(record).toCompletableFuture())
        .handle((written, failure) -> {
          if (failure == null) {
            return Durability.JOURNALLED;
          }
          throw new CompletionException(refused(Failures.unwrap(failure)));
        });
  }

  private static CallbackRefusedException refused(Throwable cause) {
    if (cause instanceof CallbackRefusedException refused) {
      return refused;
    }
    boolean busy =
        cause instanceof JournalRefusedException refused && refused.refusal() == Refusal.BUSY;
    return new CallbackRefusedException(
        busy ? RefusalReason.OVERLOADED : RefusalReason.NOT_DURABLE, cause);
  }
}
