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
import java.time.Instant;
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
import quayside.callback.journal.DrainSettings;
import quayside.callback.journal.Journal;
import quayside.callback.journal.JournalDrainer;
import quayside.callback.journal.JournalLimits;
import quayside.callback.journal.JournalRecord;
import quayside.event.CloudEvent;
import quayside.event.EventType;
import quayside.event.IngestPath;
import quayside.event.ObjectUploaded;
import quayside.event.VerificationLevel;

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

    JournalRecord kept = drained(1).getFirst();
    assertThat(kept.key()).isEqualTo("uploads/a");
    assertThat(kept.headers())
        .containsEntry("ce_id", "id-a")
        .containsEntry("ce_ingestpath", "journal");
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

    assertThat(kafka.events).isEmpty();
    assertThat(drained(2))
        .extracting(JournalRecord::key)
        .containsExactly("uploads/first", "uploads/second");
    await().until(journal::isEmpty);
    assertThat(store("third")).isEqualTo(Durability.PUBLISHED);
  }

  @Test
  void journalThatRefuses_isAnHonestFailure() {
    kafkaIsAway();
    journal.close();

    CompletableFuture<Durability> answer = outbox().store(event("a"), TestDeadlines.ample());

    assertThat(answer).failsWithin(Duration.ofSeconds(5));
    Throwable failure = Failures.unwrap(answer.handle((stored, thrown) -> thrown).join());
    assertThat(failure).isInstanceOf(CallbackRefusedException.class);
    assertThat(((CallbackRefusedException) failure).reason()).isEqualTo(RefusalReason.NOT_DURABLE);
  }

  private void kafkaIsAway() {
    kafka.outcome =
        () ->
            CompletableFuture.failedFuture(
                new CallbackRefusedException(RefusalReason.NOT_DURABLE));
  }

  private JournalledOutbox outbox() {
    return new JournalledOutbox(kafka, journal);
  }

  private Durability store(String key) {
    return outbox()
        .store(event(key), TestDeadlines.ample())
        .orTimeout(5, TimeUnit.SECONDS)
        .join();
  }

  private List<JournalRecord> drained(int count) {
    List<JournalRecord> records = Collections.synchronizedList(new ArrayList<>());
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

  private static CloudEvent<ObjectUploaded> event(String key) {
    Instant now = Instant.parse("2026-01-01T12:00:00Z");
    ObjectUploaded data =
        new ObjectUploaded(
            "uploads",
            key,
            "ETAG",
            1L,
            null,
            null,
            null,
            null,
            null,
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
        now,
        now,
        "uploads/" + key,
        1,
        IngestPath.CALLBACK,
        null,
        data);
  }
}
