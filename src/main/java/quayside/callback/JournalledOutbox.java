package quayside.callback;

import io.opentelemetry.context.Context;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import quayside.callback.journal.Journal;
import quayside.callback.journal.JournalRefusedException;
import quayside.callback.journal.Refusal;
import quayside.event.EventRecord;

/**
 * Keeps in the journal what Kafka does not take in time. As long as the journal holds anything, new
 * events go there at once: so nobody waits for a Kafka that is away, and nothing overtakes what was
 * accepted before. Thread-safe; does not block.
 */
final class JournalledOutbox implements EventOutbox {
  private final EventOutbox kafka;
  private final Journal journal;

  JournalledOutbox(EventOutbox kafka, Journal journal) {
    this.kafka = kafka;
    this.journal = journal;
  }

  @Override
  public CompletableFuture<Durability> store(EventRecord record, Deadline deadline) {
    return journal.isEmpty()
        ? kafka
            .store(record, deadline)
            .exceptionallyCompose(notPublished -> append(record, deadline))
        : append(record, deadline);
  }

  private CompletableFuture<Durability> append(EventRecord record, Deadline deadline) {
    Map<String, String> trace = new LinkedHashMap<>();
    KeptTrace.keep(Context.current(), trace::put);
    EventRecord kept = record.withHeaders(trace);
    return deadline
        .appending(() -> journal.append(kept).toCompletableFuture())
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
