package quayside.chaos;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * A steady stream of uploads. One that OSS does not answer is repeated until it does; one whose
 * callback fails is not, as uploaders mostly do not. Thread-safe.
 */
final class Uploads implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(240);
  private static final long REPEAT_MILLIS = 200;

  private final Bucket bucket;
  private final Supplier<String> callbackUrl;
  private final ScheduledExecutorService pool;
  private final AtomicInteger wanted = new AtomicInteger();
  private final AtomicInteger sent = new AtomicInteger();
  private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
  private final Set<String> unacknowledgedKeys = ConcurrentHashMap.newKeySet();

  /**
   * Uploads nothing yet.
   *
   * @param threads uploads at once
   * @param callbackUrl asked anew for each upload
   */
  Uploads(Bucket bucket, int threads, Supplier<String> callbackUrl) {
    this.bucket = bucket;
    this.callbackUrl = callbackUrl;
    pool = Executors.newScheduledThreadPool(threads);
  }

  /** Begins to upload these, so many a second. */
  void begin(List<Upload> uploads, int rate) {
    long micros = 0;
    for (Upload upload : uploads) {
      wanted.incrementAndGet();
      pool.schedule(() -> upload(upload), micros, TimeUnit.MICROSECONDS);
      micros += 1_000_000 / rate;
    }
  }

  /** Returns when OSS has stored this many. */
  void awaitSent(int count) {
    await().pollInterval(Duration.ofMillis(20)).atMost(LIMIT).until(() -> sent.get() >= count);
  }

  /** Returns when OSS has stored all of them. */
  void awaitEnd() {
    awaitSent(wanted.get());
  }

  /** Uploads that OSS has stored and answered. */
  int sent() {
    return sent.get();
  }

  /** Ids of the events that were acknowledged. */
  Set<String> acknowledged() {
    return Set.copyOf(acknowledged);
  }

  /** Objects with an upload whose callback failed: only a look at the bucket tells of it. */
  Set<String> unacknowledgedKeys() {
    return Set.copyOf(unacknowledgedKeys);
  }

  @Override
  public void close() {
    pool.shutdownNow();
  }

  private void upload(Upload upload) {
    try {
      Optional<String> eventId = bucket.put(upload, callbackUrl.get());
      eventId.ifPresentOrElse(acknowledged::add, () -> unacknowledgedKeys.add(upload.key()));
      sent.incrementAndGet();
    } catch (RuntimeException notAnswered) {
      pool.schedule(() -> upload(upload), REPEAT_MILLIS, TimeUnit.MILLISECONDS);
    }
  }
}
