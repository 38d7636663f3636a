package quayside.callback;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import quayside.event.CloudEvent;
import quayside.event.ObjectUploaded;

/** Keeps events in memory, or answers as told. */
final class FakeOutbox implements EventOutbox {
  final List<CloudEvent<ObjectUploaded>> events = new ArrayList<>();
  Supplier<CompletableFuture<Durability>> outcome =
      () -> CompletableFuture.completedFuture(Durability.PUBLISHED);

  @Override
  public CompletableFuture<Durability> store(CloudEvent<ObjectUploaded> event, Deadline deadline) {
    return outcome
        .get()
        .thenApply(stored -> {
          events.add(event);
          return stored;
        });
  }
}
