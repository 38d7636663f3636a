package quayside.sink.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import quayside.LaptopStackResource;
import quayside.event.CloudEvent;
import quayside.event.ObjectThumbnailed;
import quayside.event.ObjectUploaded;
import quayside.sink.PermanentFailureException;

/** The sinks against a real PostgreSQL. */
@QuarkusTest
@WithTestResource(value = LaptopStackResource.class, scope = TestResourceScope.GLOBAL)
class CatalogSinkTest {
  @Inject ObjectSink objects;
  @Inject ThumbnailSink thumbnails;
  @Inject CatalogReader catalog;
  @Inject MeterRegistry metrics;

  private final String bucket = Upload.newBucket();
  private final Upload upload = Upload.of(bucket, "a.jpg");

  @Test
  void upload_isStoredWholeAndExactly() throws Exception {
    Upload rich = upload.withVariables(Map.of("x:user", "李雷")).withFields(Map.of("extra", "1=2&3"));

    objects.apply(List.of(rich.event()));

    CatalogObject stored = stored("a.jpg");
    assertThat(stored)
        .usingRecursiveComparison()
        .comparingOnlyFields(
            "bucket",
            "key",
            "etag",
            "size",
            "crc64",
            "contentMd5",
            "mimeType",
            "image",
            "operation",
            "requestId",
            "owner",
            "requester",
            "clientIp",
            "vpcId",
            "variables",
            "fields")
        .isEqualTo(rich.event().data());
    assertThat(stored.verificationLevel()).isEqualTo("signature");
    assertThat(stored.eventId()).isEqualTo(rich.id());
    assertThat(stored.eventSource()).isEqualTo(rich.event().source());
    assertThat(stored.sequence()).isEqualTo(1);
    assertThat(stored.uploadedAt()).isEqualTo(rich.time());
    assertThat(stored.recordedAt()).isEqualTo(rich.event().recordedTime());
    assertThat(stored.thumbnails()).isEmpty();
  }

  @Test
  void replay_changesNothing() throws Exception {
    List<CloudEvent<ObjectUploaded>> batch =
        List.of(upload.event(), upload.withSequence(2).event(), upload.withKey("b.jpg").event());
    objects.apply(batch);
    List<CatalogObject> before = listed();
    double duplicates = counted("quayside.catalog.duplicate");

    objects.apply(batch);

    assertThat(listed()).isEqualTo(before);
    assertThat(counted("quayside.catalog.duplicate") - duplicates).isEqualTo(3);
  }

  /** The answer to a callback was lost and OSS tried the next URL: same id, later arrival. */
  @Test
  void secondDeliveryOfOneUpload_isADuplicateWhateverItsSequence() throws Exception {
    objects.apply(List.of(upload.event()));

    objects.apply(List.of(upload.withSequence(9).withId(upload.id()).event()));

    assertThat(stored("a.jpg").sequence()).isEqualTo(1);
  }

  /** PostgreSQL refuses to write a row twice in one statement. */
  @Test
  void sameObjectTwiceInOneBatch_newestWinsAndBothAreKnown() throws Exception {
    Upload newer = upload.withSequence(2).withEtag("ETAG-2");
    double stale = counted("quayside.catalog.stale");

    objects.apply(List.of(newer.event(), upload.event()));

    assertThat(stored("a.jpg").etag()).isEqualTo("ETAG-2");
    assertThat(counted("quayside.catalog.stale") - stale).isEqualTo(1);
    double duplicates = counted("quayside.catalog.duplicate");
    objects.apply(List.of(upload.event()));
    assertThat(counted("quayside.catalog.duplicate") - duplicates).isEqualTo(1);
  }

  @Test
  void olderUpload_isStale() throws Exception {
    objects.apply(List.of(upload.withSequence(2).withEtag("ETAG-2").event()));
    double stale = counted("quayside.catalog.stale");

    objects.apply(List.of(upload.event()));

    assertThat(stored("a.jpg").etag()).isEqualTo("ETAG-2");
    assertThat(counted("quayside.catalog.stale") - stale).isEqualTo(1);
  }

  @Test
  void newerUpload_replacesEveryColumn() throws Exception {
    objects.apply(List.of(upload.withVariables(Map.of("x:old", "1")).event()));
    Upload next = upload.withSequence(2).withEtag(null);

    objects.apply(List.of(next.event()));

    assertThat(stored("a.jpg").etag()).isNull();
    assertThat(stored("a.jpg").variables()).isEmpty();
    assertThat(stored("a.jpg").uploadedAt()).isEqualTo(next.time());
  }

  @Test
  void anyOrderAnyBatchesAnyDuplicates_endInTheSameState() throws Exception {
    for (int seed = 0; seed < 60; seed++) {
      Random random = new Random(seed);
      String own = Upload.newBucket();

      for (List<CloudEvent<ObjectUploaded>> batch : shuffledBatches(history(own), random)) {
        objects.apply(batch);
      }

      assertThat(list(own))
          .as("seed %d", seed)
          .extracting(CatalogObject::key, CatalogObject::etag, CatalogObject::sequence)
          .containsExactly(
              Tuple.tuple("key-0", "E5", 5L),
              Tuple.tuple("key-1", "E6", 6L),
              Tuple.tuple("key-2", "E7", 7L),
              Tuple.tuple("key-3", "E8", 8L));
    }
  }

  @Test
  void eventThatNamesNoObject_isSkippedAndCounted() throws Exception {
    double skipped = counted("quayside.catalog.skipped");

    objects.apply(
        List.of(upload.withKey(null).event(), upload.event(), Upload.of(null, "x").event()));

    assertThat(listed()).extracting(CatalogObject::key).containsExactly("a.jpg");
    assertThat(counted("quayside.catalog.skipped") - skipped).isEqualTo(2);
  }

  @Test
  void thumbnailsBeforeTheirUpload_areShownOnceItArrives() throws Exception {
    thumbnails.apply(List.of(upload.thumbnails()));
    assertThat(catalog.find(new ObjectName(bucket, "a.jpg"))).isEmpty();

    objects.apply(List.of(upload.event()));

    assertThat(stored("a.jpg").thumbnails()).isEqualTo(upload.thumbnails().data().thumbnails());
    assertThat(listed().getFirst().thumbnails()).hasSize(2);
  }

  @Test
  void thumbnailsOfAnOverwrittenVersion_areHidden() throws Exception {
    objects.apply(List.of(upload.event()));
    thumbnails.apply(List.of(upload.thumbnails()));
    assertThat(stored("a.jpg").thumbnails()).hasSize(2);
    Upload next = upload.withSequence(2).withEtag("ETAG-2");

    objects.apply(List.of(next.event()));
    assertThat(stored("a.jpg").thumbnails()).isEmpty();
    assertThat(listed().getFirst().thumbnails()).isEmpty();

    thumbnails.apply(List.of(next.thumbnails(), upload.withId("late").thumbnails()));
    assertThat(stored("a.jpg").thumbnails()).isEqualTo(next.thumbnails().data().thumbnails());
  }

  /**
   * The user's callback body has no ETag in it: the version is told by the event that caused the
   * thumbnails.
   */
  @Test
  void thumbnailsOfAnUploadWithoutEtag_areMatchedByItsEvent() throws Exception {
    Upload silent = upload.withEtag(null);
    objects.apply(List.of(silent.event()));
    thumbnails.apply(List.of(silent.thumbnails("FOUND-BY-HEAD")));
    assertThat(stored("a.jpg").thumbnails()).hasSize(2);

    objects.apply(List.of(silent.withSequence(2).event()));

    assertThat(stored("a.jpg").thumbnails()).isEmpty();
  }

  @Test
  void thumbnailsReplayed_changeNothing() throws Exception {
    List<CloudEvent<ObjectThumbnailed>> batch = List.of(upload.thumbnails());
    objects.apply(List.of(upload.event()));
    thumbnails.apply(batch);
    CatalogObject before = stored("a.jpg");

    thumbnails.apply(batch);

    assertThat(stored("a.jpg")).isEqualTo(before);
  }

  static Stream<Arguments> eventThatCannotBeStored_isRefusedWithItsCode() {
    Upload valid = Upload.of("refused", "k");
    return Stream.of(
        Arguments.of("catalog-text-with-nul", valid.withKey("a\0b")),
        Arguments.of("catalog-text-with-nul", valid.withEtag("\0")),
        Arguments.of("catalog-text-with-nul", valid.withVariables(Map.of("x:a", "\0"))),
        Arguments.of("catalog-text-with-nul", valid.withFields(Map.of("\0", "a"))),
        Arguments.of("catalog-text-not-unicode", valid.withKey("half-\uD83D")),
        Arguments.of("catalog-text-not-unicode", valid.withVariables(Map.of("x:a", "\uDE00"))),
        Arguments.of("catalog-key-length", valid.withKey("")),
        Arguments.of("catalog-key-length", valid.withKey("k".repeat(1024))),
        Arguments.of("catalog-key-length", valid.withKey("照".repeat(342))),
        Arguments.of("catalog-key-length", valid.withKey("k".repeat(200_000))),
        Arguments.of("catalog-bucket-length", Upload.of("b".repeat(64), "k")),
        Arguments.of("catalog-identity-length", valid.withId("i".repeat(1025))),
        Arguments.of("catalog-time-out-of-range", valid.withTime(Instant.MAX.minusSeconds(1))));
  }

  @ParameterizedTest
  @MethodSource
  void eventThatCannotBeStored_isRefusedWithItsCode(String failure, Upload poison) {
    PermanentFailureException refusal =
        catchThrowableOfType(
            PermanentFailureException.class,
            () -> objects.apply(List.of(upload.event(), poison.event())));

    assertThat(refusal.failure()).isEqualTo(failure);
    assertThat(catalog.find(new ObjectName(bucket, "a.jpg"))).as("all or nothing").isEmpty();
  }

  @Test
  void hostileNames_areStoredExactly() throws Exception {
    objects.apply(HostileKeys.ALL.stream().map(key -> upload.withKey(key).event()).toList());

    assertThat(listed())
        .extracting(CatalogObject::key)
        .containsExactlyInAnyOrderElementsOf(HostileKeys.ALL);
    assertThat(HostileKeys.ALL).allSatisfy(key -> assertThat(stored(key).key()).isEqualTo(key));
  }

  @Test
  void largestBatch_isApplied() throws Exception {
    double applied = counted("quayside.catalog.applied");
    long timed = freshnessCount();

    objects.apply(IntStream.range(0, 500).mapToObj(i -> upload.withKey("k" + i).event()).toList());

    assertThat(listed()).hasSize(500);
    assertThat(counted("quayside.catalog.applied") - applied).isEqualTo(500);
    assertThat(freshnessCount() - timed).isEqualTo(500);
  }

  /** Replicas apply overlapping batches in different orders: the shape that deadlocks. */
  @Test
  void concurrentWriters_doNotDeadlock() throws Exception {
    List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
    List<Thread> writers =
        IntStream.rangeClosed(1, 4)
            .mapToObj(writer -> Thread.ofPlatform().start(() -> write(versions(writer), failures)))
            .toList();
    for (Thread writer : writers) {
      writer.join();
    }

    assertThat(failures).isEmpty();
    assertThat(listed())
        .hasSize(200)
        .allSatisfy(object -> assertThat(object.sequence()).isEqualTo(20));
  }

  private List<CloudEvent<ObjectUploaded>> versions(int writer) {
    List<CloudEvent<ObjectUploaded>> events = new ArrayList<>();
    for (int sequence = writer; sequence <= 20; sequence += 4) {
      for (int key = 0; key < 200; key++) {
        events.add(upload.withKey("k" + key).withSequence(sequence).event());
      }
    }
    Collections.shuffle(events, new Random(writer));
    return events;
  }

  private void write(List<CloudEvent<ObjectUploaded>> events, List<Throwable> failures) {
    try {
      for (int i = 0; i < events.size(); i += 100) {
        objects.apply(events.subList(i, i + 100));
      }
    } catch (Exception e) {
      failures.add(e);
    }
  }

  private static List<CloudEvent<ObjectUploaded>> history(String bucket) {
    List<CloudEvent<ObjectUploaded>> history = new ArrayList<>();
    for (int key = 0; key < 4; key++) {
      for (int version = 1; version <= 5 + key; version++) {
        history.add(
            Upload.of(bucket, "key-" + key).withSequence(version).withEtag("E" + version).event());
      }
    }
    return history;
  }

  private static List<List<CloudEvent<ObjectUploaded>>> shuffledBatches(
      List<CloudEvent<ObjectUploaded>> history, Random random) {
    List<CloudEvent<ObjectUploaded>> deliveries = new ArrayList<>(history);
    history.stream().filter(event -> random.nextInt(3) == 0).forEach(deliveries::add);
    Collections.shuffle(deliveries, random);
    List<List<CloudEvent<ObjectUploaded>>> batches = new ArrayList<>();
    int from = 0;
    while (from < deliveries.size()) {
      int to = Math.min(deliveries.size(), from + 1 + random.nextInt(10));
      batches.add(deliveries.subList(from, to));
      from = to;
    }
    return batches;
  }

  private CatalogObject stored(String key) {
    return catalog.find(new ObjectName(bucket, key)).orElseThrow();
  }

  private List<CatalogObject> listed() {
    return list(bucket);
  }

  private List<CatalogObject> list(String of) {
    return catalog
        .page(new ListRequest(of, null, ObjectOrder.KEY, ListRequest.MAX_LIMIT, null))
        .objects();
  }

  private double counted(String name) {
    return metrics.counter(name, "type", "uploaded").count();
  }

  private long freshnessCount() {
    return metrics
        .timer("quayside.catalog.freshness", "type", "uploaded", "ingestpath", "callback")
        .count();
  }
}
