package quayside.sink.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import quayside.LaptopStackResource;
import quayside.event.CloudEvent;
import quayside.event.EventCodec;
import quayside.event.EventType;
import quayside.event.IngestPath;
import quayside.event.ObjectThumbnailed;
import quayside.event.ObjectUploaded;
import quayside.event.VerificationLevel;
import quayside.sink.DependencyUnavailableException;

/** A reindex on a real broker and a real PostgreSQL. */
class ReindexRunTest {
  private final String servers =
      LaptopStackResource.running().getProperty("kafka.bootstrap.servers");
  private final String uploads = "reindex-uploads-" + UUID.randomUUID();
  private final String thumbnails = "reindex-thumbnails-" + UUID.randomUUID();
  private final AtomicReference<ReindexStatus> status =
      new AtomicReference<>(ReindexStatus.started("topic", Instant.EPOCH));
  private final CountDownLatch cancelled = new CountDownLatch(1);
  private KafkaProducer<String, byte[]> producer;
  private SearchIndex index;

  @BeforeEach
  void connect() throws Exception {
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", servers, "acks", "all"),
            new StringSerializer(),
            new ByteArraySerializer());
    DataSource database = SearchDatabase.create();
    index = new PostgresSearchIndex(database, Duration.ofSeconds(10));
  }

  @AfterEach
  void disconnect() {
    producer.close();
  }

  @Test
  void topics_becomeTheIndex_whateverWasInIt() throws Exception {
    index.bulk(List.of(Changes.upsert(new ObjectId("b", "leftover"), 99)));
    upload("a", 1);
    upload("a", 3);
    upload("a", 2);
    upload("c", 4);
    thumbnailsOf("a", 3);
    send(uploads, "garbage", Map.of(), "garbage".getBytes(StandardCharsets.UTF_8));

    run(index.rebuild(false).orElseThrow(), Optional.empty());

    assertThat(hits()).extracting(SearchHit::key).containsExactly("c", "a");
    assertThat(hits().getLast().eventId()).isEqualTo("a@3");
    assertThat(hits().getLast().thumbnails()).hasSize(1);
    assertThat(status.get().read()).isEqualTo(6);
    assertThat(status.get().total()).isEqualTo(6);
    assertThat(status.get().skipped()).isEqualTo(1);
    assertThat(status.get().failed()).isZero();
  }

  // The consumer of this or another instance is a moment behind the swap.
  @Test
  void eventAppliedToTheOldIndexDuringTheSwap_isInTheNewOne() throws Exception {
    upload("a", 1);
    thumbnailsOf("a", 1);
    SearchRebuild rebuild = index.rebuild(false).orElseThrow();

    run(
        new SearchRebuild() {
          @Override
          public List<Outcome> bulk(List<Change> changes) throws DependencyUnavailableException {
            return rebuild.bulk(changes);
          }

          @Override
          public void swap() throws DependencyUnavailableException {
            try {
              upload("late", 5);
            } catch (Exception e) {
              throw new AssertionError(e);
            }
            index.bulk(List.of(Changes.upsert(new ObjectId("b", "late"), 5)));
            rebuild.swap();
          }

          @Override
          public void retire() throws DependencyUnavailableException {
            assertThat(status.get().phase()).isEqualTo("following");
            rebuild.retire();
          }

          @Override
          public void discard() {
            throw new AssertionError("not cancelled");
          }
        },
        Optional.empty());

    assertThat(hits()).extracting(SearchHit::key).containsExactly("late", "a");
  }

  // The topic keeps events for days, the catalog for ever; and the catalog is a little behind.
  @Test
  void catalogFirst_thenTopics_newestWins() throws Exception {
    upload("new", 9);
    thumbnailsOf("new", 9);
    List<List<CloudEvent<ObjectUploaded>>> pages =
        new ArrayList<>(List.of(List.of(event("old", 1)), List.of(event("new", 5)), List.of()));
    ReindexSource catalog =
        () -> () -> new ReindexSource.Page(pages.removeFirst(), List.of(), List.of());

    run(index.rebuild(false).orElseThrow(), Optional.of(catalog));

    assertThat(hits()).extracting(SearchHit::eventId).containsExactly("new@9", "old@1");
  }

  @Test
  void cancelled_stopsBeforeTheSwap() throws Exception {
    index.bulk(List.of(Changes.upsert(new ObjectId("b", "kept"), 1)));
    upload("a", 1);
    thumbnailsOf("a", 1);
    cancelled.countDown();

    SearchRebuild rebuild = index.rebuild(false).orElseThrow();
    assertThatExceptionOfType(InterruptedException.class)
        .isThrownBy(() -> run(rebuild, Optional.empty()));

    assertThat(hits()).extracting(SearchHit::key).containsExactly("kept");
  }

  private void run(SearchRebuild rebuild, Optional<ReindexSource> catalog) throws Exception {
    try (TopicReplayConsumer topics =
        new TopicReplayConsumer(Map.of("bootstrap.servers", servers))
            .with(uploads, EventCodec.objectUploaded(), EventChanges::uploaded)
            .with(thumbnails, EventCodec.objectThumbnailed(), EventChanges::thumbnailed)) {
      new ReindexRun(
              rebuild, topics, catalog, status::updateAndGet, cancelled, Duration.ofMillis(10))
          .run();
    }
  }

  private List<SearchHit> hits() throws Exception {
    return index.search(new QueryScenario("b").query()).hits();
  }

  private void upload(String key, long sequence) throws Exception {
    CloudEvent<ObjectUploaded> event = event(key, sequence);
    EventCodec<ObjectUploaded> codec = EventCodec.objectUploaded();
    send(uploads, event.partitionKey(), codec.headers(event), codec.value(event));
  }

  private void thumbnailsOf(String key, long sequence) throws Exception {
    ObjectThumbnailed data =
        new ObjectThumbnailed(
            "b", key, "ETAG-" + sequence, 1, 1, "jpeg", List.of(Changes.thumbnail(1)));
    CloudEvent<ObjectThumbnailed> event =
        event(EventType.OBJECT_THUMBNAILED_V1, key, sequence, data);
    EventCodec<ObjectThumbnailed> codec = EventCodec.objectThumbnailed();
    send(thumbnails, event.partitionKey(), codec.headers(event), codec.value(event));
  }

  private static CloudEvent<ObjectUploaded> event(String key, long sequence) {
    ObjectUploaded data =
        new ObjectUploaded(
            "b",
            key,
            "ETAG-" + sequence,
            sequence,
            null,
            null,
            "image/jpeg",
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
    return event(EventType.OBJECT_UPLOADED_V1, key, sequence, data);
  }

  private static <T> CloudEvent<T> event(EventType type, String key, long sequence, T data) {
    Instant time = Changes.NOON.plusSeconds(sequence);
    return new CloudEvent<>(
        key + "@" + sequence,
        "acs:oss:-:-:b",
        type,
        key,
        time,
        time,
        "b/" + key,
        sequence,
        IngestPath.CALLBACK,
        null,
        data);
  }

  private void send(String topic, String key, Map<String, String> headers, byte[] value)
      throws Exception {
    ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic, key, value);
    headers.forEach(
        (name, text) -> record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
    producer.send(record).get();
  }
}
