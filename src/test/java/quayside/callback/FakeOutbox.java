package quayside.callback;

import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import quayside.event.CloudEvent;
import quayside.event.ObjectUploaded;

/** Keeps events in memory, or answers as told. */
final class FakeOutbox implements EventOutbox {
  final List<CloudEvent<ObjectUploaded>> events = new ArrayList<>();
  Supplier<Uni<Durability>> outcome = () -> Uni.createFrom().item(Durability.PUBLISHED);

  @Override
  public Uni<Durability> store(CloudEvent<ObjectUploaded> event, Deadline deadline) {
    return outcome.get().onItem().invoke(stored -> events.add(event));
  }
}
