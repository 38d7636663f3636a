package quayside.console.live;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When the uploads of late were received, by the ids of their events and of those that these
 * caused. The oldest are forgotten. Used by one thread.
 */
final class RecentUploads {
  private final LinkedHashMap<String, Instant> received = new LinkedHashMap<>();
  private final int most;

  RecentUploads(int most) {
    this.most = most;
  }

  void remember(String eventId, Instant receivedAt) {
    received.put(eventId, receivedAt);
    if (received.size() > most) {
      received.pollFirstEntry();
    }
  }

  Optional<Instant> receiptOf(@Nullable String eventId) {
    return Optional.ofNullable(received.get(eventId));
  }

  int size() {
    return received.size();
  }
}
