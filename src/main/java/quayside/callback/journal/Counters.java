package quayside.callback.journal;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/** What happened since the journal was opened. Thread-safe. */
final class Counters {
  final LongAdder appended = new LongAdder();
  final LongAdder drained = new LongAdder();
  final LongAdder rejected = new LongAdder();
  final LongAdder corruptRegions = new LongAdder();
  final LongAdder tornBytes = new LongAdder();
  private final AtomicLongArray refused = new AtomicLongArray(Refusal.values().length);

  void refused(Refusal refusal) {
    refused.incrementAndGet(refusal.ordinal());
  }

  Map<Refusal, Long> refused() {
    Map<Refusal, Long> counts = new EnumMap<>(Refusal.class);
    for (Refusal refusal : Refusal.values()) {
      counts.put(refusal, refused.get(refusal.ordinal()));
    }
    return counts;
  }
}
