package quayside.console.live;

import static org.assertj.core.api.Assertions.assertThat;
import static quayside.console.live.Records.deadLetter;
import static quayside.console.live.Records.effect;
import static quayside.console.live.Records.thumbnailed;
import static quayside.console.live.Records.uploaded;
import static quayside.event.EventType.OBJECT_THUMBNAILED_V1;
import static quayside.event.EventType.OBJECT_UPLOADED_V1;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import quayside.sink.timeline.TimelineKind;

class LiveReaderTest {
  private final SetClock clock = new SetClock();
  private final Stages stages = new Stages(clock);
  private final LiveReader reader = new LiveReader(Records.EFFECTS, stages);

  @Test
  void upload_hasItsFactsAndTheTimeUntilItsRecord() {
    LiveEntry entry = only(uploaded("u1", "a.png", 12));

    assertThat(entry.bucket()).isEqualTo("uploads");
    assertThat(entry.key()).isEqualTo("a.png");
    assertThat(entry.kind()).isEqualTo(TimelineKind.EVENT);
    assertThat(entry.outcome()).isEqualTo("callback");
    assertThat(entry.millis()).isEqualTo(12);
    assertThat(entry.place().offset()).isEqualTo(41);
    LiveUpload upload = entry.upload();
    assertThat(upload.size()).isEqualTo(4711);
    assertThat(upload.verificationLevel()).isEqualTo("grant");
    assertThat(upload.image().width()).isEqualTo(3);
    assertThat(upload.variables()).containsEntry("x:album", "holidays");
    assertThat(upload.recordedAt()).isEqualTo("2026-11-28T08:00:00Z");
    assertThat(upload.uploadedAt()).isEqualTo("2026-11-28T07:59:59Z");
    assertThat(entry.thumbnails()).isNull();
  }

  @Test
  void effect_isJoinedWithAnUploadOfBefore() {
    reader.read(List.of(uploaded("u1", "a.png", 12)));

    LiveEntry entry = only(effect("u1", OBJECT_UPLOADED_V1, "a.png", "search-uploaded", 80));

    assertThat(entry.kind()).isEqualTo(TimelineKind.EFFECT);
    assertThat(entry.sink()).isEqualTo("search");
    assertThat(entry.outcome()).isEqualTo("applied");
    assertThat(entry.millis()).isEqualTo(80);
  }

  /** Partitions come in any order in a poll. */
  @Test
  void effectReadBeforeItsUpload_isJoinedAndStandsBehindIt() {
    List<LiveEntry> entries =
        reader.read(
            List.of(
                effect("u1", OBJECT_UPLOADED_V1, "a.png", "catalog", 80),
                uploaded("u1", "a.png", 12)));

    assertThat(entries)
        .extracting(LiveEntry::kind)
        .containsExactly(TimelineKind.EVENT, TimelineKind.EFFECT);
    assertThat(entries).extracting(LiveEntry::millis).containsExactly(12L, 80L);
  }

  @Test
  void thumbnailsAndWhatBecameOfThem_areTimedFromTheUpload() {
    List<LiveEntry> entries =
        reader.read(
            List.of(
                thumbnailed("t1", "u1", "a.png", 700),
                effect("t1", OBJECT_THUMBNAILED_V1, "a.png", "catalog-thumbnails", 900),
                uploaded("u1", "a.png", 12)));

    assertThat(entries).extracting(LiveEntry::millis).containsExactly(12L, 700L, 900L);
    assertThat(entries.get(1).thumbnails()).extracting("preset").containsExactly("small");
    assertThat(entries.get(1).upload()).isNull();
    assertThat(entries.get(2).sink()).isEqualTo("catalog");
  }

  @Test
  void deadLetter_hasCauseSinkAndTime() {
    LiveEntry entry = only(deadLetter("u1", "a.png", 300));

    assertThat(entry.kind()).isEqualTo(TimelineKind.DEAD_LETTER);
    assertThat(entry.outcome()).isEqualTo("image-empty");
    assertThat(entry.sink()).isEqualTo("thumbnail");
    assertThat(entry.millis()).isEqualTo(300);
    assertThat(entry.upload()).isNull();
  }

  @Test
  void effectOfAnUploadNobodySaw_hasNoTime() {
    assertThat(only(effect("gone", OBJECT_UPLOADED_V1, "a.png", "catalog", 80)).millis()).isNull();
  }

  /** The clocks of two instances differ. */
  @Test
  void effectThatSeemsToBeBeforeItsUpload_tookNoTime() {
    reader.read(List.of(uploaded("u1", "a.png", 12)));

    assertThat(only(effect("u1", OBJECT_UPLOADED_V1, "a.png", "catalog", -5)).millis()).isZero();
  }

  @Test
  void uploads_areForgottenTheOldestFirst() {
    RecentUploads uploads = new RecentUploads(100);

    IntStream.range(0, 10_000).forEach(i -> uploads.remember("u" + i, Records.RECEIVED));

    assertThat(uploads.size()).isEqualTo(100);
    assertThat(uploads.receiptOf("u9900")).isPresent();
    assertThat(uploads.receiptOf("u9899")).isEmpty();
  }

  /** In step, all stages have the same rate, whatever else the sinks apply. */
  @Test
  void stages_countUploadsAlone() {
    reader.read(
        List.of(
            uploaded("u1", "a.png", 12),
            effect("u1", OBJECT_UPLOADED_V1, "a.png", "catalog", 80),
            thumbnailed("t1", "u1", "a.png", 700),
            effect("t1", OBJECT_THUMBNAILED_V1, "a.png", "catalog-thumbnails", 900),
            deadLetter("u1", "a.png", 300)));
    clock.advance(Duration.ofSeconds(2));

    assertThat(stages.read("publish")).isEqualTo(new StageReading(0.5, 12L, 12L));
    assertThat(stages.read("catalog")).isEqualTo(new StageReading(0.5, 80L, 80L));
    assertThat(stages.read("search")).isEqualTo(new StageReading(0.0, null, null));
    assertThat(stages.read("timeline")).isEqualTo(StageReading.UNKNOWN);
  }

  private LiveEntry only(FeedRecord record) {
    List<LiveEntry> entries = reader.read(List.of(record));
    assertThat(entries).hasSize(1);
    return entries.getFirst();
  }
}
