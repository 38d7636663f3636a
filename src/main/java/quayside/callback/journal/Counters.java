package quayside.callback.journal;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What happened since the journal was opened. Thread-safe. */
final class Counters {
  final LongAdder appended = new LongAdder();
  final LongAdder drained = new LongAdder();
  final LongAdder rejected = new LongAdder();
  final LongAdder corruptRegions = new LongAdder();
  final LongAdder tornBytes = new LongAdder();
  private final Map<Refusal, LongAdder> refused = new EnumMap<>(Refusal.class);

  Counters() {
    for (Refusal refusal : Refusal.values()) {
      refused.put(refusal, new LongAdder());
    }
  }

  void refused(Refusal refusal) {
    refused.get(refusal).increment();
  }

  Map<Refusal, Long> refused() {
    Map<Refusal, Long> counts = new EnumMap<>(Refusal.class);
    refused.forEach((refusal, count) -> counts.put(refusal, count.sum()));
    return counts;
  }
}
