package quayside.console.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import quayside.console.operations.Operations.CallbackCounts;
import quayside.console.operations.Operations.JournalState;
import quayside.console.operations.Operations.Refusals;

class OwnCountersTest {
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final OwnCounters counters = new OwnCounters(metrics);

  @Test
  void instanceThatReceivesNothing_hasNone() {
    assertThat(counters.callbacks()).isEmpty();
    assertThat(counters.journal()).isEmpty();
    assertThat(counters.refusals()).isEmpty();
  }

  @Test
  void counters_addUpToWhatIsOpen() {
    metrics.counter("quayside.callback.received").increment(20);
    metrics.counter("quayside.callback.published").increment(9);
    metrics.counter("quayside.callback.journalled").increment(3);
    metrics.counter("quayside.callback.failed", "reason", "overloaded").increment(1);
    metrics.counter("quayside.callback.failed", "reason", "not-durable").increment(1);
    metrics.counter("quayside.callback.refused", "reason", "key-unknown").increment(1);
    metrics.counter("quayside.callback.refused", "reason", "signature-mismatch").increment(3);
    metrics.counter("quayside.callback.refused", "reason", "body-incomplete");

    assertThat(counters.callbacks()).contains(new CallbackCounts(20, 9, 3, 2, 4, 2));
    assertThat(counters.refusals())
        .containsExactly(new Refusals("signature-mismatch", 3), new Refusals("key-unknown", 1));
  }

  @Test
  void journal_isToldByItsGauges() {
    Gauge.builder("quayside.journal.depth", () -> 7).register(metrics);
    Gauge.builder("quayside.journal.bytes", () -> 4096).register(metrics);
    Gauge.builder("quayside.journal.oldest.age.seconds", () -> 1.5).register(metrics);

    assertThat(counters.journal()).contains(new JournalState(7, 4096, 1.5));
  }
}
