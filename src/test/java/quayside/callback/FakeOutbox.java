package quayside.callback;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import quayside.event.CloudEvent;
import quayside.event.EventCodec;
import quayside.event.EventRecord;
import quayside.event.InvalidEventException;
import quayside.event.ObjectUploaded;

/** Keeps records in memory, or answers as told. */
final class FakeOutbox implements EventOutbox {
  final List<EventRecord> records = new ArrayList<>();
  Supplier<CompletableFuture<Durability>> outcome =
      () -> CompletableFuture.completedFuture(Durability.PUBLISHED);

  @Override
  public CompletableFuture<Durability> store(EventRecord record, Deadline deadline) {
    return outcome
        .get()
        .thenApply(stored -> {
          records.add(record);
          return stored;
        });
  }

  /** What a reader makes of them. */
  List<CloudEvent<ObjectUploaded>> events() {
    return records.stream().map(FakeOutbox::read).toList();
  }

  private static CloudEvent<ObjectUploaded> read(EventRecord record) {
    try {
      return EventCodec.objectUploaded().read(record.headers()::get, record.value());
    } catch (InvalidEventException e) {
      throw new AssertionError("not readable", e);
    }
  }
}
