package quayside.console.live;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import quayside.event.EventAttributes;
import quayside.event.EventType;
import quayside.sink.timeline.TimelineEntry;
import quayside.sink.timeline.TimelineKind;

/**
 * Makes entries of records, and joins what happened with the upload it happened to, for how long it
 * took. Used by one thread.
 */
final class LiveReader {
  /** Fifty seconds of a thousand uploads a second, in some ten megabytes. */
  static final int REMEMBERED = 50_000;

  private static final String UPLOADED = EventType.OBJECT_UPLOADED_V1.ceType();
  private static final String THUMBNAILED = EventType.OBJECT_THUMBNAILED_V1.ceType();

  /** An upload stands before what was made of it in the same millisecond. */
  private static final Comparator<Entry> BY_TIME =
      Comparator.<Entry, Instant>comparing(entry -> entry.of.entry().at())
          .thenComparing(entry -> entry.of.entry().kind());

  private final RecentUploads uploads = new RecentUploads(REMEMBERED);
  private final String effects;
  private final Stages stages;

  /**
   * Knows no uploads yet.
   *
   * @param effects topic with what events came to
   */
  LiveReader(String effects, Stages stages) {
    this.effects = effects;
    this.stages = stages;
  }

  /** An entry of the timeline and the record it is from. */
  private record Entry(TimelineEntry.OfObject of, FeedRecord record) {}

  /** What happened, by time, as far as it names objects. */
  List<LiveEntry> read(List<FeedRecord> records) {
    // A poll has the partitions in any order: effects may stand before their uploads.
    records.forEach(record -> rememberUpload(record.record().attributes()));
    records.forEach(record -> rememberThumbnails(record.record().attributes()));
    List<Entry> found = new ArrayList<>();
    for (FeedRecord record : records) {
      record.record().entries(effects).forEach(of -> found.add(new Entry(of, record)));
    }
    found.sort(BY_TIME);
    return found.stream().map(this::live).toList();
  }

  private void rememberUpload(EventAttributes event) {
    if (UPLOADED.equals(event.get("type"))) {
      time(event.get("recordedtime")).ifPresent(time -> remember(event, time));
    }
  }

  private void rememberThumbnails(EventAttributes event) {
    if (THUMBNAILED.equals(event.get("type"))) {
      uploads.receiptOf(event.get("causationid")).ifPresent(time -> remember(event, time));
    }
  }

  private void remember(EventAttributes event, Instant receivedAt) {
    String id = event.get("id");
    if (id != null) {
      uploads.remember(id, receivedAt);
    }
  }

  private LiveEntry live(Entry found) {
    TimelineEntry entry = found.of.entry();
    boolean ofUpload = UPLOADED.equals(entry.eventType());
    Long millis = millis(entry);
    LiveEntry live = LiveEntry.of(found.of, millis);
    if (entry.kind() == TimelineKind.EFFECT && ofUpload) {
      stages.record(live.sink(), millis);
    }
    if (entry.kind() != TimelineKind.EVENT) {
      return live;
    }
    if (ofUpload) {
      stages.record(Stages.PUBLISH, millis);
    }
    return live.withUpload(found.record.uploaded().get().map(LiveUpload::of).orElse(null))
        .withThumbnails(
            found.record.thumbnailed().get().map(e -> e.data().thumbnails()).orElse(null));
  }

  // Clocks of several instances may differ by more than a stage takes.
  private @Nullable Long millis(TimelineEntry entry) {
    return switch (entry.kind()) {
      case EVENT, EFFECT, DEAD_LETTER ->
          uploads
              .receiptOf(entry.eventId())
              .map(receipt -> Math.max(0, Duration.between(receipt, entry.at()).toMillis()))
              .orElse(null);
      case RETRY, REDRIVE -> null;
    };
  }

  private static Optional<Instant> time(@Nullable String text) {
    try {
      return Optional.ofNullable(text).map(Instant::parse);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
