package quayside.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import quayside.callback.journal.DrainSettings;
import quayside.callback.journal.Journal;
import quayside.callback.journal.JournalDrainer;
import quayside.callback.journal.JournalLimits;
import quayside.event.EventCodec;
import quayside.event.EventRecord;
import quayside.event.EventVerifier;
import quayside.event.IngestPath;
import quayside.event.TestWriters;

/** What becomes of events while Kafka is away; the journal itself is tested in its own package. */
class JournalledOutboxTest {
  @TempDir Path directory;

  private final FakeOutbox kafka = new FakeOutbox();
  private Journal journal;

  @BeforeEach
  void open() throws IOException {
    journal = Journal.open(directory, JournalLimits.DEFAULT, Clock.systemUTC());
  }

  @AfterEach
  void close() {
    journal.close();
  }

  @Test
  void kafkaThatAnswers_leavesTheJournalAlone() {
    assertThat(store("a")).isEqualTo(Durability.PUBLISHED);

    assertThat(journal.isEmpty()).isTrue();
  }

  @Test
  void kafkaThatFails_leavesTheEventInTheJournal() {
    kafkaIsAway();

    assertThat(store("a")).isEqualTo(Durability.JOURNALLED);

    EventRecord kept = drained(1).getFirst();
    assertThat(kept.key()).isEqualTo("uploads/a");
    assertThat(kept.headers())
        .containsEntry("ce_id", "id-a")
        .containsEntry("ce_ingestpath", "journal");
  }

  /** What is published later is what would have been published, but for the path it took. */
  @ParameterizedTest
  @ValueSource(strings = {"binary", "structured"})
  void journalledEvent_isWhatTheWriterMadeAndStaysProven(String mode) throws Exception {
    kafkaIsAway();
    EventRecord written =
        TestWriters.signed(mode).write(EventCodec.objectUploaded(), TestEvents.uploaded("a"));

    assertThat(outbox().store(written, TestDeadlines.ample()))
        .succeedsWithin(Duration.ofSeconds(5));

    EventRecord kept = drained(1).getFirst();
    assertThat(kept).isEqualTo(written.withAttribute("ingestpath", "journal"));
    assertThat(EventCodec.objectUploaded().read(kept.headers()::get, kept.value()).ingestPath())
        .isEqualTo(IngestPath.JOURNAL);
    assertThat(EventVerifier.ofTestKey().verify(kept.headers(), kept.value()))
        .containsKeys("recordedtime", "partitionkey", "sequence");
  }

  /** The drainer, perhaps of the next process, knows nothing of the request. */
  @Test
  void journalledEvent_keepsTheTraceOfItsCallback() {
    kafkaIsAway();
    SpanContext callback =
        SpanContext.create(
            "0af7651916cd43dd8448eb211c80319c",
            "b7ad6b7169203331",
            TraceFlags.getSampled(),
            TraceState.getDefault());

    try (Scope request = Context.root().with(Span.wrap(callback)).makeCurrent()) {
      store("a");
    }

    assertThat(drained(1).getFirst().headers())
        .containsEntry("traceparent", "00-" + callback.getTraceId() + "-b7ad6b7169203331-01");
  }

  @Test
  void journalThatHoldsEvents_isUsedAtOnceSoThatNothingOvertakes() {
    kafkaIsAway();
    store("first");
    kafka.outcome = () -> CompletableFuture.completedFuture(Durability.PUBLISHED);

    assertThat(store("second")).isEqualTo(Durability.JOURNALLED);

    assertThat(kafka.records).isEmpty();
    assertThat(drained(2))
        .extracting(EventRecord::key)
        .containsExactly("uploads/first", "uploads/second");
    await().until(journal::isEmpty);
    assertThat(store("third")).isEqualTo(Durability.PUBLISHED);
  }

  /** Every character of every field escaped: six bytes each. */
  @Test
  void largestEventThereCanBe_isKept() {
    kafkaIsAway();
    Map<String, String> fields =
        Map.of("note", "\u0001".repeat(BodyFields.MAX_TOTAL_LENGTH - "note".length()));

    CompletableFuture<Durability> answer =
        outbox().store(TestEvents.record(TestEvents.uploaded("a", fields)), TestDeadlines.ample());

    assertThat(answer).succeedsWithin(Duration.ofSeconds(5)).isEqualTo(Durability.JOURNALLED);
    assertThat(drained(1).getFirst().value().length).isGreaterThan(500_000);
  }

  @Test
  void journalThatRefuses_isAnHonestFailure() {
    kafkaIsAway();
    journal.close();

    CompletableFuture<Durability> answer =
        outbox().store(TestEvents.record("a"), TestDeadlines.ample());

    assertThat(answer).failsWithin(Duration.ofSeconds(5));
    Throwable failure = Failures.unwrap(answer.handle((stored, thrown) -> thrown).join());
    assertThat(failure).isInstanceOf(CallbackRefusedException.class);
    assertThat(((CallbackRefusedException) failure).reason()).isEqualTo(RefusalReason.NOT_DURABLE);
  }

  private void kafkaIsAway() {
    kafka.outcome =
        () ->
            CompletableFuture.failedFuture(new CallbackRefusedException(RefusalReason.NOT_DURABLE));
  }

  private JournalledOutbox outbox() {
    return new JournalledOutbox(kafka, journal);
  }

  private Durability store(String key) {
    return outbox()
        .store(TestEvents.record(key), TestDeadlines.ample())
        .orTimeout(5, TimeUnit.SECONDS)
        .join();
  }

  private List<EventRecord> drained(int count) {
    List<EventRecord> records = Collections.synchronizedList(new ArrayList<>());
    try (JournalDrainer drainer =
        JournalDrainer.start(
            journal,
            record -> {
              records.add(record);
              return CompletableFuture.completedFuture(null);
            },
            DrainSettings.DEFAULT)) {
      await().until(() -> records.size() == count && journal.isEmpty());
      assertThat(drainer).isNotNull();
    }
    return records;
  }
}
