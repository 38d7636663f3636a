package quayside.sink.search;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import quayside.sink.search.Outcome.Failed;

/**
 * The changes that no engine takes, for a reason that lies in them alone. One rule for all engines,
 * so that changing the engine does not change what is indexed.
 */
final class Unindexable {
  // OSS, "Object naming conventions": 1 to 1,023 bytes in UTF-8.
  private static final int MAX_KEY_BYTES = 1_023;
  // OSS, "Bucket naming conventions": 3 to 63 bytes.
  private static final int MAX_BUCKET_BYTES = 63;
  // Ours: an OSS ETag has 32 hex digits and at most a part count.
  private static final int MAX_ETAG_BYTES = 127;
  // What every engine's timestamps and RFC 3339 can write.
  private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999999Z");

  private Unindexable() {}

  /** Why this change cannot be indexed, if so. */
  static Optional<Failed> reason(Change change) {
    return checks(change).flatMap(Optional::stream).findFirst();
  }

  /** True for text every engine can hold: no NUL, no half of a surrogate pair. */
  static boolean isStorable(String text) {
    return text.indexOf('\0') < 0
        && text.codePoints()
            .noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }

  /** True for a time every engine can hold. */
  static boolean isStorable(Instant time) {
    return !time.isBefore(EARLIEST) && !time.isAfter(LATEST);
  }

  private static Stream<Optional<Failed>> checks(Change change) {
    Stream<Optional<Failed>> name =
        Stream.of(
            length("bucket", change.id().bucket(), MAX_BUCKET_BYTES),
            length("key", change.id().key(), MAX_KEY_BYTES),
            text("bucket", change.id().bucket()),
            text("key", change.id().key()),
            version(change.version()));
    return Stream.concat(
        name,
        switch (change) {
          case Change.Upsert upsert -> document(upsert.document());
          case Change.Tombstone tombstone -> Stream.empty();
          case Change.Thumbnails thumbnails -> thumbnails(thumbnails);
        });
  }

  private static Stream<Optional<Failed>> document(ObjectDocument document) {
    List<Optional<Failed>> checks = new ArrayList<>();
    checks.add(length("etag", document.etag(), MAX_ETAG_BYTES));
    checks.add(text("etag", document.etag()));
    checks.add(text("mimeType", document.mimeType()));
    checks.add(text("image.format", document.image() == null ? null : document.image().format()));
    checks.add(text("eventId", document.eventId()));
    document
        .variables()
        .forEach((name, value) -> {
          checks.add(text("variables", name));
          checks.add(text("variables", value));
        });
    checks.add(time(document.uploadedAt()));
    return checks.stream();
  }

  private static Stream<Optional<Failed>> thumbnails(Change.Thumbnails change) {
    return Stream.concat(
        Stream.of(
            length("etag", change.etag(), MAX_ETAG_BYTES),
            text("etag", change.etag()),
            text("causationid", change.causationId())),
        change.thumbnails().stream()
            .flatMap(thumbnail ->
                Stream.of(
                    thumbnail.preset(), thumbnail.bucket(), thumbnail.key(), thumbnail.mimeType()))
            .map(value -> text("thumbnails", value)));
  }

  private static Optional<Failed> length(String field, @Nullable String value, int maxBytes) {
    if (value == null || value.getBytes(StandardCharsets.UTF_8).length <= maxBytes) {
      return Optional.empty();
    }
    return Optional.of(
        new Failed(
            field + "-too-long", field + ": is longer than " + maxBytes + " bytes in UTF-8"));
  }

  private static Optional<Failed> text(String field, @Nullable String value) {
    if (value == null || isStorable(value)) {
      return Optional.empty();
    }
    return Optional.of(
        new Failed(
            "text-not-storable", field + ": has a NUL character or half of a surrogate pair"));
  }

  // OpenSearch refuses the whole request otherwise.
  private static Optional<Failed> version(long version) {
    if (version >= 0) {
      return Optional.empty();
    }
    return Optional.of(
        new Failed("version-out-of-range", "sequence: " + version + " is before 1970"));
  }

  private static Optional<Failed> time(Instant time) {
    if (isStorable(time)) {
      return Optional.empty();
    }
    return Optional.of(
        new Failed("time-out-of-range", "time: " + time + " is not in years 1 to 9999"));
  }
}
