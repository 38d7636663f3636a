package quayside.sink.search;

import static org.assertj.core.api.Assertions.assertThat;
import static quayside.sink.search.Changes.NOON;
import static quayside.sink.search.Changes.document;
import static quayside.sink.search.Changes.etag;
import static quayside.sink.search.Changes.thumbnail;
import static quayside.sink.search.Changes.thumbnails;
import static quayside.sink.search.Changes.tombstone;
import static quayside.sink.search.Changes.upsert;
import static quayside.sink.search.Outcome.APPLIED;
import static quayside.sink.search.Outcome.STALE;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import quayside.sink.search.SearchQuery.Position;

/**
 * What every engine behind {@link SearchIndex} promises about writes. Each test has a bucket of its
 * own.
 */
abstract class SearchIndexContract {
  private final String bucket = UUID.randomUUID().toString();
  private final ObjectId photo = new ObjectId(bucket, "photos/IMG_2041.jpg");

  /** The engine; the same for all tests of a class. */
  abstract SearchIndex index();

  /** What the same engine says of single objects. */
  abstract IndexedVersions indexedVersions();

  /** Makes what was written visible to searches, where the engine does not do so at once. */
  void refresh() {}

  @Test
  void ready_engineAndSchemaThere_isTrue() {
    assertThat(index().ready()).isTrue();
  }

  /** A comparison with the catalog must not find stale what was written a moment ago. */
  @Test
  void versions_areThoseOfTheNewestChangesAtOnce() throws Exception {
    ObjectId gone = new ObjectId(bucket, "gone.jpg");
    ObjectId strange = new ObjectId(bucket, "a'b\"c\\\uD83D\uDE00 李.jpg");
    bulk(upsert(photo, 5), upsert(gone, 7), upsert(strange, 9), thumbnails(photo, "e", 6));
    bulk(upsert(photo, 3), tombstone(gone, 8));
    bulk(upsert(new ObjectId(bucket + "-other", "other.jpg"), 1));

    assertThat(
            indexedVersions()
                .of(bucket, List.of(photo.key(), gone.key(), strange.key(), "other.jpg", "absent")))
        .containsOnly(
            Map.entry(photo.key(), new IndexedVersions.Version(5, false)),
            Map.entry(gone.key(), new IndexedVersions.Version(8, true)),
            Map.entry(strange.key(), new IndexedVersions.Version(9, false)));
    assertThat(indexedVersions().of(bucket, List.of())).isEmpty();
  }

  @Test
  void versionsOfAThousandObjects_areAskedForAtOnce() throws Exception {
    List<Change> changes = new ArrayList<>();
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      keys.add("key-" + i);
      changes.add(upsert(new ObjectId(bucket, "key-" + i), i + 1));
    }
    bulk(changes.toArray(Change[]::new));

    Map<String, IndexedVersions.Version> versions = indexedVersions().of(bucket, keys);

    assertThat(versions).hasSize(1000);
    assertThat(versions.get("key-999").version()).isEqualTo(1000);
  }

  @Test
  void upsert_isFoundWithAllItsFields() throws Exception {
    assertThat(bulk(upsert(photo, 1))).containsExactly(APPLIED);

    ObjectDocument written = document(1);
    assertThat(all())
        .containsExactly(
            new SearchHit(
                bucket,
                photo.key(),
                written.etag(),
                written.sizeBytes(),
                written.mimeType(),
                written.image(),
                written.uploadedAt(),
                written.variables(),
                written.verificationLevel(),
                written.eventId(),
                List.of()));
  }

  @Test
  void upsert_withNothingButTheName_isFound() throws Exception {
    ObjectDocument bare =
        new ObjectDocument(
            null, null, null, null, NOON, Map.of(), document(1).verificationLevel(), "event");
    bulk(new Change.Upsert(photo, 1, bare));

    assertThat(all())
        .containsExactly(
            new SearchHit(
                bucket,
                photo.key(),
                null,
                null,
                null,
                null,
                NOON,
                Map.of(),
                bare.verificationLevel(),
                "event",
                List.of()));
  }

  @Test
  void upsert_newer_replaces() throws Exception {
    bulk(upsert(photo, 1));
    assertThat(bulk(upsert(photo, 2))).containsExactly(APPLIED);
    assertThat(versions()).containsExactly(2L);
  }

  @Test
  void upsert_olderOrEqual_isStale() throws Exception {
    bulk(upsert(photo, 2));
    assertThat(bulk(upsert(photo, 1))).containsExactly(STALE);
    assertThat(bulk(upsert(photo, 2))).containsExactly(STALE);
    assertThat(versions()).containsExactly(2L);
  }

  @Test
  void bulk_sameObjectSeveralTimes_newestWins() throws Exception {
    assertThat(bulk(upsert(photo, 2), upsert(photo, 3), upsert(photo, 3), upsert(photo, 1)))
        .containsExactly(STALE, APPLIED, STALE, STALE);
    assertThat(versions()).containsExactly(3L);
  }

  @Test
  void bulk_nothing_isNothing() throws Exception {
    assertThat(bulk()).isEmpty();
  }

  @Test
  void bulk_mixOfNewStaleAndFailing_tellsEachApart() throws Exception {
    ObjectId other = new ObjectId(bucket, "other");
    bulk(upsert(photo, 5));

    List<Outcome> outcomes =
        bulk(upsert(photo, 4), upsert(new ObjectId(bucket, "nul\0"), 1), upsert(other, 1));

    assertThat(outcomes.get(0)).isEqualTo(STALE);
    assertThat(outcomes.get(1)).isInstanceOf(Outcome.Failed.class);
    assertThat(outcomes.get(2)).isEqualTo(APPLIED);
    assertThat(all()).extracting(SearchHit::key).containsExactly(photo.key(), "other");
  }

  static Stream<Arguments> unindexable() {
    ObjectId id = new ObjectId("unindexable", "key");
    ObjectDocument good = document(1);
    return Stream.of(
        Arguments.of(upsert(new ObjectId("b\0", "k"), 1), "text-not-storable"),
        Arguments.of(upsert(new ObjectId("b", "half \ud83c pair"), 1), "text-not-storable"),
        Arguments.of(tombstone(new ObjectId("b", "k\0"), 1), "text-not-storable"),
        Arguments.of(new Change.Upsert(id, 1, etag(good, "\0")), "text-not-storable"),
        Arguments.of(new Change.Upsert(id, 1, Changes.mimeType(good, "a\0")), "text-not-storable"),
        Arguments.of(
            new Change.Upsert(id, 1, Changes.variables(good, Map.of("a", "\0"))),
            "text-not-storable"),
        Arguments.of(
            new Change.Upsert(id, 1, Changes.variables(good, Map.of("\udc00", "a"))),
            "text-not-storable"),
        Arguments.of(thumbnails(id, "\0", 1), "text-not-storable"),
        Arguments.of(upsert(new ObjectId("b", "é".repeat(512)), 1), "key-too-long"),
        Arguments.of(upsert(new ObjectId("b".repeat(64), "k"), 1), "bucket-too-long"),
        Arguments.of(thumbnails(id, "e".repeat(128), 1), "etag-too-long"),
        Arguments.of(
            new Change.Upsert(id, 1, Changes.uploadedAt(good, java.time.Instant.MAX)),
            "time-out-of-range"));
  }

  @ParameterizedTest
  @MethodSource("unindexable")
  void bulk_changeNoEngineTakes_failsWithItsCode(Change change, String code) throws Exception {
    assertThat(bulk(change))
        .singleElement()
        .isInstanceOfSatisfying(
            Outcome.Failed.class, failed -> assertThat(failed.code()).isEqualTo(code));
  }

  @Test
  void tombstone_hidesTheObject() throws Exception {
    bulk(upsert(photo, 1));
    assertThat(bulk(tombstone(photo, 2))).containsExactly(APPLIED);
    assertThat(all()).isEmpty();
  }

  // Engines that really delete forget the version, and the late event brings the object back.
  @Test
  void tombstone_isNotUndoneByLateUpsert() throws Exception {
    assertThat(bulk(tombstone(photo, 2))).containsExactly(APPLIED);
    assertThat(bulk(upsert(photo, 1))).containsExactly(STALE);
    assertThat(all()).isEmpty();
  }

  @Test
  void tombstone_isUndoneByNewUpload() throws Exception {
    bulk(tombstone(photo, 2));
    assertThat(bulk(upsert(photo, 3))).containsExactly(APPLIED);
    assertThat(versions()).containsExactly(3L);
  }

  @Test
  void thumbnails_afterTheirUpload_areShown() throws Exception {
    bulk(upsert(photo, 1));
    assertThat(bulk(thumbnails(photo, etag(1), 9))).containsExactly(APPLIED);
    assertThat(shownThumbnails()).containsExactly(9L);
  }

  @Test
  void thumbnails_beforeTheirUpload_areKept() throws Exception {
    bulk(thumbnails(photo, etag(1), 9));
    assertThat(all()).isEmpty();
    bulk(upsert(photo, 1));
    assertThat(shownThumbnails()).containsExactly(9L);
  }

  @Test
  void thumbnails_ofAnotherVersion_areNotShown() throws Exception {
    bulk(upsert(photo, 1), thumbnails(photo, etag(1), 9), upsert(photo, 2));
    assertThat(shownThumbnails()).isEmpty();
  }

  // The thumbnailer was slow with the old version and finished it after the new one.
  @Test
  void thumbnails_ofOldVersionComeLast_newOnesStay() throws Exception {
    bulk(upsert(photo, 2), thumbnails(photo, etag(2), 8));
    assertThat(bulk(thumbnails(photo, etag(1), 9))).containsExactly(APPLIED);
    assertThat(shownThumbnails()).containsExactly(8L);
  }

  @Test
  void thumbnails_olderOrEqual_areStale() throws Exception {
    bulk(upsert(photo, 1), thumbnails(photo, etag(1), 9));
    assertThat(bulk(thumbnails(photo, etag(1), 8))).containsExactly(STALE);
    assertThat(bulk(thumbnails(photo, etag(1), 9))).containsExactly(STALE);
    assertThat(shownThumbnails()).containsExactly(9L);
  }

  // Many callback bodies have no ETag; the thumbnailer learns it from the object.
  @Test
  void thumbnails_uploadWithoutEtag_areTiedByTheEventThatCausedThem() throws Exception {
    bulk(new Change.Upsert(photo, 1, etag(document(1), null)));
    bulk(new Change.Thumbnails(photo, "SEEN", 7, "another event", List.of(thumbnail(7))));
    assertThat(shownThumbnails()).isEmpty();
    bulk(new Change.Thumbnails(photo, null, 8, Changes.eventId(1), List.of(thumbnail(8))));
    assertThat(shownThumbnails()).containsExactly(8L);
    bulk(new Change.Thumbnails(photo, "SEEN", 9, Changes.eventId(1), List.of(thumbnail(9))));
    assertThat(shownThumbnails()).containsExactly(9L);
  }

  @Test
  void history_inAnyOrderWithDuplicates_endsTheSame() throws Exception {
    for (int seed = 0; seed < 60; seed++) {
      RandomHistory history = new RandomHistory(seed, bucket + "-" + seed);
      Map<String, SearchHit> expected = history.endState();

      for (List<Change> batch : history.deliveries()) {
        assertThat(index().bulk(batch))
            .hasSameSizeAs(batch)
            .doesNotHaveAnyElementsOfTypes(Outcome.Failed.class);
      }

      refresh();
      assertThat(byKey(history.bucket())).as("seed %d", seed).isEqualTo(expected);
    }
  }

  // Two consumers hold the same partition for a moment during a rebalance.
  @Test
  void history_byConcurrentWriters_endsTheSame() throws Exception {
    try (ExecutorService writers = Executors.newFixedThreadPool(4)) {
      for (int seed = 0; seed < 20; seed++) {
        String shared = bucket + "-c" + seed;
        List<Callable<Void>> tasks = new ArrayList<>();
        for (int writer = 0; writer < 4; writer++) {
          List<List<Change>> batches = new RandomHistory(seed, shared).deliveries(writer);
          tasks.add(() -> {
            for (List<Change> batch : batches) {
              index().bulk(batch);
            }
            return null;
          });
        }
        for (Future<Void> done : writers.invokeAll(tasks)) {
          done.get();
        }
        refresh();
        assertThat(byKey(shared))
            .as("seed %d", seed)
            .isEqualTo(new RandomHistory(seed, shared).endState());
      }
    }
  }

  @Test
  void rebuild_takesThePlaceOfTheOther_withoutAnybodyNoticing() throws Exception {
    ObjectId old = new ObjectId(bucket, "old");
    bulk(upsert(old, 1), upsert(photo, 5));
    SearchRebuild rebuild = index().rebuild(true).orElseThrow();
    assertThat(rebuild.bulk(List.of(upsert(photo, 6), thumbnails(photo, etag(6), 9))))
        .containsExactly(APPLIED, APPLIED);
    assertThat(versions()).as("still the one before").containsExactlyInAnyOrder(1L, 5L);

    AtomicBoolean swapped = new AtomicBoolean();
    try (ExecutorService searcher = Executors.newSingleThreadExecutor()) {
      Future<Integer> searches =
          searcher.submit(() -> {
            int count = 0;
            for (int after = 0; after < 5; after += swapped.get() ? 1 : 0, count++) {
              assertThat(versions()).isIn(List.of(1L, 5L), List.of(5L, 1L), List.of(6L));
            }
            return count;
          });
      rebuild.swap();
      swapped.set(true);
      assertThat(searches.get()).isPositive();
    }
    rebuild.retire();

    assertThat(versions()).containsExactly(6L);
    assertThat(shownThumbnails()).containsExactly(9L);
    assertThat(bulk(upsert(photo, 5), upsert(old, 1))).containsExactly(STALE, APPLIED);
    assertThat(versions()).containsExactlyInAnyOrder(6L, 1L);
  }

  @Test
  void rebuild_whileAnotherIsUnderWay_isRefusedUnlessToldToStartAgain() throws Exception {
    SearchRebuild first = index().rebuild(true).orElseThrow();
    first.bulk(List.of(upsert(photo, 1)));

    assertThat(index().rebuild(false)).isEmpty();

    SearchRebuild second = index().rebuild(true).orElseThrow();
    second.swap();
    second.retire();
    assertThat(versions()).isEmpty();
    SearchRebuild third = index().rebuild(false).orElseThrow();
    third.discard();
    assertThat(index().ready()).isTrue();
    assertThat(bulk(upsert(photo, 1))).containsExactly(APPLIED);
  }

  @Test
  void change_ofTimeBefore1970_fails() throws Exception {
    assertThat(bulk(upsert(photo, -1), upsert(new ObjectId(bucket, "good"), 1)))
        .satisfiesExactly(
            bad -> assertThat(bad).isInstanceOf(Outcome.Failed.class),
            good -> assertThat(good).isEqualTo(APPLIED));
  }

  private List<Outcome> bulk(Change... changes) throws Exception {
    List<Outcome> outcomes = index().bulk(List.of(changes));
    refresh();
    return outcomes;
  }

  private List<Long> versions() throws Exception {
    return all().stream().map(SearchHit::size).toList();
  }

  private List<Long> shownThumbnails() throws Exception {
    return all().stream().flatMap(hit -> hit.thumbnails().stream()).map(t -> t.size()).toList();
  }

  private List<SearchHit> all() throws Exception {
    return index().search(query(bucket)).hits();
  }

  private Map<String, SearchHit> byKey(String bucket) throws Exception {
    Map<String, SearchHit> hits = new HashMap<>();
    index().search(query(bucket)).hits().forEach(hit -> hits.put(hit.key(), hit));
    return new TreeMap<>(hits);
  }

  private static SearchQuery query(String bucket) {
    return new SearchQuery("", bucket, "", null, null, null, List.of(), 100, (Position) null);
  }
}
