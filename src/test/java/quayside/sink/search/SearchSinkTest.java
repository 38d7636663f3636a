package quayside.sink.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import quayside.event.CloudEvent;
import quayside.event.EventType;
import quayside.event.IngestPath;
import quayside.event.ObjectUploaded;
import quayside.event.VerificationLevel;
import quayside.sink.PermanentFailureException;
import quayside.sink.Sink;

/** What the sink makes of the outcomes of an engine; the engines have tests of their own. */
class SearchSinkTest {
  private static final Instant UPLOADED = Instant.parse("2026-11-22T12:00:00Z");
  private static final Instant RECEIVED = UPLOADED.plusMillis(20);

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final Clock clock = Clock.fixed(RECEIVED.plusMillis(300), ZoneOffset.UTC);
  private final ScriptedIndex index = new ScriptedIndex();
  private final Sink<ObjectUploaded> sink =
      SearchSink.uploaded(index, new SearchMetrics(registry, clock));

  @Test
  void outcomes_areCountedByKind() throws Exception {
    index.outcomes = List.of(Outcome.APPLIED, Outcome.STALE, Outcome.APPLIED);

    sink.apply(List.of(event("a"), event(null), event("b"), event(""), event("c")));

    assertThat(count("applied")).isEqualTo(2);
    assertThat(count("stale")).isEqualTo(1);
    assertThat(count("skipped")).isEqualTo(2);
    assertThat(index.received)
        .extracting(change -> change.id().key())
        .containsExactly("a", "b", "c");
  }

  @Test
  void freshness_isMeasuredFromReceiptToTheIndex() throws Exception {
    index.outcomes = List.of(Outcome.APPLIED, Outcome.STALE);

    sink.apply(List.of(event("a"), event("b")));

    Timer timer =
        registry
            .get("quayside.search.freshness")
            .tags("type", "uploaded", "ingestpath", "callback")
            .timer();
    assertThat(timer.count()).isEqualTo(1);
    assertThat(timer.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(Duration.ofMillis(300).toMillis());
  }

  @Test
  void nothingButSkipped_doesNotAskTheEngine() throws Exception {
    sink.apply(List.of(event(null)));
    assertThat(index.received).isEmpty();
    assertThat(count("skipped")).isEqualTo(1);
  }

  // Else the rest of the batch would be counted once now and once more when it is tried again.
  @Test
  void unindexableEvent_failsBeforeAnythingIsWritten() {
    assertThatExceptionOfType(PermanentFailureException.class)
        .isThrownBy(() -> sink.apply(List.of(event("a"), event("nul\0"), event("b"))))
        .satisfies(e -> assertThat(e.failure()).isEqualTo("text-not-storable"))
        .withMessage("key: has a NUL character or half of a surrogate pair");
    assertThat(index.received).isEmpty();
    assertThat(registry.getMeters())
        .isNotEmpty()
        .allSatisfy(meter ->
            assertThat(meter.measure())
                .as(meter.getId().toString())
                .allSatisfy(measured -> assertThat(measured.getValue()).isZero()));
  }

  @Test
  void eventTheEngineRefuses_isAPermanentFailureWithItsCode() {
    index.outcomes = List.of(Outcome.APPLIED, new Outcome.Failed("refused-by-index", "because"));
    assertThatExceptionOfType(PermanentFailureException.class)
        .isThrownBy(() -> sink.apply(List.of(event("a"), event("b"))))
        .withMessage("because")
        .satisfies(e -> assertThat(e.failure()).isEqualTo("refused-by-index"));
  }

  private double count(String outcome) {
    return registry.get("quayside.search." + outcome).tag("type", "uploaded").counter().count();
  }

  private static CloudEvent<ObjectUploaded> event(String key) {
    ObjectUploaded data =
        new ObjectUploaded(
            "uploads",
            key,
            "ETAG",
            1L,
            null,
            null,
            "text/plain",
            null,
            "PutObject",
            null,
            null,
            null,
            null,
            null,
            Map.of(),
            Map.of(),
            new ObjectUploaded.Verification(VerificationLevel.SIGNATURE, null, null));
    return new CloudEvent<>(
        "id-" + key,
        "acs:oss:-:-:uploads",
        EventType.OBJECT_UPLOADED_V1,
        key,
        UPLOADED,
        RECEIVED,
        null,
        1,
        IngestPath.CALLBACK,
        null,
        data);
  }

  /** An engine that says what it is told to say. */
  private static final class ScriptedIndex implements SearchIndex {
    private List<Outcome> outcomes = List.of();
    private final List<Change> received = new ArrayList<>();

    @Override
    public List<Outcome> bulk(List<Change> changes) {
      received.addAll(changes);
      return outcomes;
    }

    @Override
    public SearchPage search(SearchQuery query) {
      throw new UnsupportedOperationException("the sink does not search");
    }

    @Override
    public java.util.Optional<SearchRebuild> rebuild(boolean restart) {
      throw new AssertionError("a sink does not rebuild");
    }

    @Override
    public boolean ready() {
      return true;
    }
  }
}
