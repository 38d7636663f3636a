package quayside.callback.journal;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One try to publish some records: several in flight, one for each key, so that a key's records
 * arrive in order whatever fails. After the first failure no more are sent. Used once, by one
 * thread.
 */
final class PublishWindow {
  private final Publisher publisher;
  private final int maxInFlight;
  private final Duration timeout;
  private final Deque<Flight> flights = new ArrayDeque<>();
  private final Set<String> keysInFlight = new HashSet<>();
  private final List<JournalReader.Entry> unpublished = new ArrayList<>();
  private final List<JournalReader.Entry> unpublishable = new ArrayList<>();
  private @Nullable Throwable failure;

  /** A record on its way. */
  private record Flight(JournalReader.Entry entry, CompletableFuture<Void> outcome) {}

  PublishWindow(Publisher publisher, int maxInFlight, Duration timeout) {
    this.publisher = publisher;
    this.maxInFlight = maxInFlight;
    this.timeout = timeout;
  }

  /** Publishes what it can, waits for all that was sent. */
  void publish(List<JournalReader.Entry> entries) throws InterruptedException {
    for (JournalReader.Entry entry : entries) {
      makeRoomFor(entry);
      if (failure != null) {
        unpublished.add(entry);
      } else {
        send(entry);
      }
    }
    while (!flights.isEmpty()) {
      settleOldest();
    }
    unpublished.sort((one, other) -> Long.compare(one.sequence(), other.sequence()));
  }

  /** What is to be tried again, in order. */
  List<JournalReader.Entry> unpublished() {
    return unpublished;
  }

  /** What the broker will never take. */
  List<JournalReader.Entry> unpublishable() {
    return unpublishable;
  }

  /** Why something is to be tried again; null when nothing is. */
  @Nullable Throwable failure() {
    return failure;
  }

  private void makeRoomFor(JournalReader.Entry entry) throws InterruptedException {
    String key = entry.record().key();
    while (failure == null
        && (flights.size() >= maxInFlight || (key != null && keysInFlight.contains(key)))) {
      settleOldest();
    }
  }

  private void send(JournalReader.Entry entry) {
    CompletableFuture<Void> outcome;
    try {
      outcome = publisher.publish(entry.record()).toCompletableFuture();
    } catch (RuntimeException e) {
      outcome = CompletableFuture.failedFuture(e);
    }
    flights.add(new Flight(entry, outcome));
    if (entry.record().key() != null) {
      keysInFlight.add(entry.record().key());
    }
  }

  private void settleOldest() throws InterruptedException {
    Flight flight = flights.remove();
    try {
      flight.outcome().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      failed(flight.entry(), e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException e) {
      failed(flight.entry(), new TimeoutException("no acknowledgement within " + timeout));
    }
    if (flight.entry().record().key() != null) {
      keysInFlight.remove(flight.entry().record().key());
    }
  }

  private void failed(JournalReader.Entry entry, Throwable cause) {
    if (cause instanceof UnpublishableException) {
      unpublishable.add(entry);
    } else {
      unpublished.add(entry);
      failure = failure == null ? cause : failure;
    }
  }
}
