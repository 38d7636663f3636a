package quayside.callback;

import io.opentelemetry.context.Context;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
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
  public Uni<Durability> store(CloudEvent<ObjectUploaded> event, Deadline deadline) {
    return Uni.createFrom()
        .deferred(() -> {
          Context trace = Context.current();
          return journal.isEmpty()
              ? kafka
                  .store(event, deadline)
                  .onFailure(CallbackRefusedException.class)
                  .recoverWithUni(() -> append(event, deadline, trace))
              : append(event, deadline, trace);
        });
  }

  // The journal's own thread must not write answers: it would keep the next group from the disk.
  private Uni<Durability> append(
      CloudEvent<ObjectUploaded> event, Deadline deadline, Context trace) {
    JournalRecord record =
        new JournalRecord(
            event.partitionKey(), KeptTrace.keep(trace, CODEC.headers(event)), CODEC.value(event));
    return deadline.appending(
        Uni.createFrom()
            .completionStage(() -> journal.append(record))
            .onFailure()
            .transform(cause -> new CallbackRefusedException(reason(cause), cause))
            .emitOn(Infrastructure.getDefaultExecutor())
            .replaceWith(Durability.JOURNALLED));
  }

  private static RefusalReason reason(Throwable cause) {
    return cause instanceof JournalRefusedException refused && refused.refusal() == Refusal.BUSY
        ? RefusalReason.OVERLOADED
        : RefusalReason.NOT_DURABLE;
  }
}
