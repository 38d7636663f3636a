package quayside.sink.search;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What may happen to a few objects of a bucket, every change with a version of its own; the same
 * for one seed.
 */
final class RandomHistory {
  private static final int KEYS = 3;
  private static final int ETAGS = 3;

  private final long seed;
  private final String bucket;
  private final List<Change> changes = new ArrayList<>();

  RandomHistory(long seed, String bucket) {
    this.seed = seed;
    this.bucket = bucket;
    Random random = new Random(seed);
    int length = 5 + random.nextInt(25);
    for (long version = 1; version <= length; version++) {
      changes.add(change(random, version));
    }
  }

  String bucket() {
    return bucket;
  }

  private Change change(Random random, long version) {
    ObjectId id = new ObjectId(bucket, "key-" + random.nextInt(KEYS));
    @Nullable String etag = random.nextInt(8) == 0 ? null : "E" + random.nextInt(ETAGS);
    return switch (random.nextInt(5)) {
      case 0 -> Changes.tombstone(id, version);
      case 1, 2 ->
          new Change.Thumbnails(
              id,
              etag,
              version,
              "event-" + (1 + random.nextInt(30)),
              List.of(Changes.thumbnail(version)));
      default -> new Change.Upsert(id, version, Changes.etag(Changes.document(version), etag));
    };
  }

  /** Every change one to three times, shuffled, cut into batches. */
  List<List<Change>> deliveries() {
    return deliveries(0);
  }

  List<List<Change>> deliveries(int variant) {
    Random random = new Random(seed * 31 + variant);
    List<Change> sent = new ArrayList<>();
    changes.forEach(change -> sent.addAll(Collections.nCopies(1 + random.nextInt(3), change)));
    Collections.shuffle(sent, random);
    List<List<Change>> batches = new ArrayList<>();
    for (int from = 0; from < sent.size(); ) {
      int to = Math.min(sent.size(), from + 1 + random.nextInt(12));
      batches.add(List.copyOf(sent.subList(from, to)));
      from = to;
    }
    return batches;
  }

  /**
   * What must be found in the end, by the rules alone: newest document wins, thumbnails belong to a
   * version.
   */
  Map<String, SearchHit> endState() {
    Map<String, SearchHit> hits = new TreeMap<>();
    for (int key = 0; key < KEYS; key++) {
      ObjectId id = new ObjectId(bucket, "key-" + key);
      newest(of(id).filter(change -> !(change instanceof Change.Thumbnails)))
          .filter(Change.Upsert.class::isInstance)
          .map(Change.Upsert.class::cast)
          .ifPresent(upsert -> hits.put(id.key(), hit(upsert)));
    }
    return hits;
  }

  private SearchHit hit(Change.Upsert upsert) {
    ObjectDocument d = upsert.document();
    Optional<Change.Thumbnails> shown =
        newest(
            Stream.of("E0", "E1", "E2", "")
                .map(etag ->
                    newest(
                        thumbnails(upsert.id())
                            .filter(t -> etag.equals(Objects.requireNonNullElse(t.etag(), "")))))
                .flatMap(Optional::stream)
                .filter(t ->
                    d.etag() == null
                        ? d.eventId().equals(t.causationId())
                        : d.etag().equals(t.etag())));
    return new SearchHit(
        bucket,
        upsert.id().key(),
        d.etag(),
        d.sizeBytes(),
        d.mimeType(),
        d.image(),
        d.uploadedAt(),
        d.variables(),
        d.verificationLevel(),
        d.eventId(),
        shown.map(Change.Thumbnails::thumbnails).orElse(List.of()));
  }

  private Stream<Change.Thumbnails> thumbnails(ObjectId id) {
    return of(id).filter(Change.Thumbnails.class::isInstance).map(Change.Thumbnails.class::cast);
  }

  private Stream<Change> of(ObjectId id) {
    return changes.stream().filter(change -> change.id().equals(id));
  }

  private static <C extends Change> Optional<C> newest(Stream<C> changes) {
    return changes.max(Comparator.comparingLong(Change::version));
  }
}
