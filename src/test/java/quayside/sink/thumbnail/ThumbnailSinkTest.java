package quayside.sink.thumbnail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import quayside.event.CloudEvent;
import quayside.event.EventType;
import quayside.event.IngestPath;
import quayside.event.ObjectThumbnailed;
import quayside.event.ObjectUploaded;
import quayside.oss.InMemoryObjectStore;
import quayside.oss.ObjectRefusedException;
import quayside.oss.ObjectStoreUnavailableException;
import quayside.oss.StoredObject;
import quayside.sink.DependencyUnavailableException;
import quayside.sink.PermanentFailureException;
import quayside.sink.thumbnail.engine.Budget;
import quayside.sink.thumbnail.engine.ImageFailure;
import quayside.sink.thumbnail.engine.ImageLimits;
import quayside.sink.thumbnail.engine.RenditionFormat;
import quayside.sink.thumbnail.engine.RenditionSpec;

/** The sink without Kafka, libvips and OSS: what it reads, writes, publishes and counts. */
class ThumbnailSinkTest {
  private static final byte[] PHOTO = "a photo".getBytes(StandardCharsets.UTF_8);
  private static final String ETAG = InMemoryObjectStore.etag(PHOTO);
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:05Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final ImageLimits LIMITS =
      new ImageLimits(100, 1000, 1000, 10, Duration.ofSeconds(1));
  private static final Recipe RECIPE =
      new Recipe(
          List.of(
              new RenditionSpec("small", 128, RenditionFormat.WEBP, 80),
              new RenditionSpec("small", 128, RenditionFormat.JPEG, 80),
              new RenditionSpec("large", 1024, RenditionFormat.JPEG, 80)));

  private final InMemoryObjectStore store = new InMemoryObjectStore("uploads", "derived");
  private final FakeEngine engine = new FakeEngine();
  private final List<CloudEvent<ObjectThumbnailed>> published = new ArrayList<>();
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private ThumbnailSink sink = sink(RECIPE, Optional.empty(), published::add);

  @BeforeEach
  void upload() throws Exception {
    store.put("uploads", "photo.jpg", "image/jpeg", Map.of(), PHOTO);
    store.forgetCalls();
  }

  @Test
  void upload_getsItsThumbnailsUnderItsEtag() throws Exception {
    sink.apply(List.of(Uploads.of("photo.jpg").withEtag(ETAG).event()));

    assertThat(puts())
        .containsExactly(
            "PUT uploads/thumbnails/" + ETAG + "/small.webp",
            "PUT uploads/thumbnails/" + ETAG + "/small.jpg",
            "PUT uploads/thumbnails/" + ETAG + "/large.jpg",
            "PUT uploads/thumbnails/" + ETAG + "/manifest.json");
    assertThat(store.head("uploads", "thumbnails/" + ETAG + "/small.webp").mimeType())
        .isEqualTo("image/webp");
    assertThat(outcome("made")).isEqualTo(1);
    assertThat(metrics.counter("quayside.thumbnail.written").count()).isEqualTo(3);
    assertThat(
            metrics
                .get("quayside.thumbnail.freshness")
                .tags("type", "uploaded", "ingestpath", "callback")
                .timer()
                .count())
        .isEqualTo(1);
  }

  @Test
  void thumbnails_areAnnouncedWithTheUploadAsTheirCause() throws Exception {
    CloudEvent<ObjectUploaded> upload = Uploads.of("photo.jpg").withEtag(ETAG).event();

    sink.apply(List.of(upload));

    assertThat(published).hasSize(1);
    CloudEvent<ObjectThumbnailed> event = published.getFirst();
    assertThat(event.id()).isEqualTo("upload-of-photo.jpg-thumbnails");
    assertThat(event.source()).isEqualTo(upload.source());
    assertThat(event.type()).isEqualTo(EventType.OBJECT_THUMBNAILED_V1);
    assertThat(event.causationId()).isEqualTo(upload.id());
    assertThat(event.partitionKey()).isEqualTo("uploads/photo.jpg");
    assertThat(event.sequence()).isEqualTo(42);
    assertThat(event.ingestPath()).isEqualTo(IngestPath.CALLBACK);
    assertThat(event.time()).isEqualTo(NOW);
    ObjectThumbnailed data = event.data();
    assertThat(data.etag()).isEqualTo(ETAG);
    assertThat(data.width()).isEqualTo(4000);
    assertThat(data.height()).isEqualTo(3000);
    assertThat(data.format()).isEqualTo("jpeg");
    assertThat(data.thumbHash()).isEqualTo("aGFzaA==");
    String key = "thumbnails/" + ETAG + "/small.webp";
    assertThat(data.thumbnails())
        .hasSize(3)
        .first()
        .isEqualTo(
            new ObjectThumbnailed.Thumbnail(
                "small", "uploads", key, "image/webp", 128, 96, store.head("uploads", key).size()));
  }

  @Test
  void replay_rewritesNothingReadsNothingAndPublishesTheSame() throws Exception {
    CloudEvent<ObjectUploaded> upload = Uploads.of("photo.jpg").withEtag(ETAG).event();
    sink.apply(List.of(upload));
    store.forgetCalls();

    sink.apply(List.of(upload));

    assertThat(store.calls()).hasSize(5).allMatch(call -> call.startsWith("HEAD "));
    assertThat(engine.calls()).hasSize(1);
    assertThat(published).hasSize(2);
    assertThat(published.get(1)).isEqualTo(published.get(0));
    assertThat(outcome("unchanged")).isEqualTo(1);
  }

  /** A crash between two writes. */
  @Test
  void missingThumbnail_aloneIsMadeAgain() throws Exception {
    CloudEvent<ObjectUploaded> upload = Uploads.of("photo.jpg").withEtag(ETAG).event();
    sink.apply(List.of(upload));
    store.delete("uploads", "thumbnails/" + ETAG + "/small.jpg");
    store.forgetCalls();

    sink.apply(List.of(upload));

    assertThat(puts()).containsExactly("PUT uploads/thumbnails/" + ETAG + "/small.jpg");
    assertThat(published.get(1)).isEqualTo(published.get(0));
  }

  @Test
  void thumbnailOfAnotherRecipe_isMadeAgain() throws Exception {
    CloudEvent<ObjectUploaded> upload = Uploads.of("photo.jpg").withEtag(ETAG).event();
    sink.apply(List.of(upload));
    store.forgetCalls();
    Recipe changed =
        new Recipe(
            List.of(
                new RenditionSpec("small", 128, RenditionFormat.WEBP, 80),
                new RenditionSpec("small", 200, RenditionFormat.JPEG, 80)));

    sink(changed, Optional.empty(), published::add).apply(List.of(upload));

    assertThat(puts())
        .containsExactly(
            "PUT uploads/thumbnails/" + ETAG + "/small.jpg",
            "PUT uploads/thumbnails/" + ETAG + "/manifest.json");
    assertThat(published.getLast().data().thumbnails())
        .extracting(ObjectThumbnailed.Thumbnail::width)
        .containsExactly(128, 200);
  }

  @Test
  void newVersionOfAPreset_hasANewNameAndANewerEvent() throws Exception {
    CloudEvent<ObjectUploaded> upload = Uploads.of("photo.jpg").withEtag(ETAG).event();
    sink.apply(List.of(upload));
    store.forgetCalls();
    Recipe changed =
        new Recipe(
            List.of(
                new RenditionSpec("small", 3, 160, RenditionFormat.WEBP, 80),
                new RenditionSpec("small", 3, 160, RenditionFormat.JPEG, 80),
                new RenditionSpec("large", 1024, RenditionFormat.JPEG, 80)));

    sink(changed, Optional.empty(), published::add).apply(List.of(upload));

    String directory = "uploads/thumbnails/" + ETAG;
    assertThat(puts())
        .containsExactly(
            "PUT " + directory + "/small-v3.webp",
            "PUT " + directory + "/small-v3.jpg",
            "PUT " + directory + "/manifest.json");
    assertThat(store.head("uploads", "thumbnails/" + ETAG + "/small.webp").size()).isPositive();
    CloudEvent<ObjectThumbnailed> event = published.getLast();
    assertThat(event.id()).isEqualTo(upload.id() + "-thumbnails-2");
    assertThat(event.sequence()).isEqualTo(upload.sequence() + 2);
    assertThat(event.data().thumbnails())
        .extracting(ObjectThumbnailed.Thumbnail::key)
        .contains("thumbnails/" + ETAG + "/small-v3.webp")
        .doesNotContain("thumbnails/" + ETAG + "/small.webp");
  }

  @Test
  void manifest_describesTheContentAndItsThumbnails() throws Exception {
    sink.apply(List.of(Uploads.of("photo.jpg").withEtag(ETAG).event()));

    String key = "thumbnails/" + ETAG + "/manifest.json";
    String small = "thumbnails/" + ETAG + "/small.webp";
    assertThat(store.head("uploads", key).mimeType()).isEqualTo("application/json");
    StoredObject manifest = store.get("uploads", key, 10_000, Arena.ofAuto());
    assertThat(
            new String(manifest.content().toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8))
        .startsWith(
            "{\"etag\":\""
                + ETAG
                + "\",\"width\":4000,\"height\":3000,\"format\":\"jpeg\",\"thumbHash\":\"aGFzaA==\","
                + "\"thumbnails\":[{\"preset\":\"small\",\"version\":1,\"key\":\""
                + small
                + "\",\"mimeType\":\"image/webp\",\"width\":128,\"height\":96,\"quality\":80,\"size\":"
                + store.head("uploads", small).size()
                + "},")
        .contains("large.jpg");
  }

  /** Somebody else's object under the name of a thumbnail. */
  @Test
  void foreignObjectUnderTheKey_isReplaced() throws Exception {
    String key = "thumbnails/" + ETAG + "/small.jpg";
    store.put(
        "uploads",
        key,
        "image/jpeg",
        Map.of(
            "quayside-recipe",
            "size=128 quality=80",
            "quayside-picture",
            "x y",
            "quayside-source",
            "1 2 jpeg"),
        PHOTO);
    store.forgetCalls();

    sink.apply(List.of(Uploads.of("photo.jpg").withEtag(ETAG).event()));

    assertThat(puts()).contains("PUT uploads/" + key);
  }

  @Test
  void configuredBucket_takesAllThumbnails() throws Exception {
    sink = sink(RECIPE, Optional.of("derived"), published::add);

    sink.apply(List.of(Uploads.of("photo.jpg").withEtag(ETAG).event()));

    assertThat(puts()).hasSize(4).allMatch(call -> call.startsWith("PUT derived/thumbnails/"));
    assertThat(published.getFirst().data().bucket()).isEqualTo("uploads");
    assertThat(published.getFirst().data().thumbnails())
        .allMatch(it -> it.bucket().equals("derived"));
  }

  @Test
  void missingBucketForThumbnails_isWaitedFor() {
    sink = sink(RECIPE, Optional.of("absent"), published::add);

    assertThatThrownBy(() -> sink.apply(List.of(Uploads.of("photo.jpg").event())))
        .isInstanceOf(DependencyUnavailableException.class)
        .hasMessageContaining("bucket=absent");
  }

  @Test
  void eventOfAnOlderContent_isSkippedAsStale() throws Exception {
    sink.apply(
        List.of(Uploads.of("photo.jpg").withEtag("0123456789ABCDEF0123456789ABCDEF").event()));

    assertThat(store.calls()).containsExactly("HEAD uploads/photo.jpg");
    assertThat(published).isEmpty();
    assertThat(outcome("stale")).isEqualTo(1);
  }

  @Test
  void etagInLowerCase_isTheSame() throws Exception {
    sink.apply(
        List.of(Uploads.of("photo.jpg").withEtag(ETAG.toLowerCase(java.util.Locale.ROOT)).event()));

    assertThat(published).hasSize(1);
  }

  /** The callback's body need not carry the ETag. */
  @Test
  void eventWithoutEtag_isAboutWhatIsThere() throws Exception {
    sink.apply(List.of(Uploads.of("photo.jpg").event()));

    assertThat(published.getFirst().data().etag()).isEqualTo(ETAG);
  }

  @Test
  void objectThatIsGone_isSkippedAndCounted() throws Exception {
    sink.apply(List.of(Uploads.of("deleted.jpg").event()));

    assertThat(published).isEmpty();
    assertThat(outcome("object-gone")).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"notes.txt", "thumbnails/0AB/small.webp"})
  void whatNeedsNoThumbnail_isNotEvenAskedFor(String key) throws Exception {
    sink.apply(List.of(Uploads.of(key).withMimeType("text/plain").event()));

    assertThat(store.calls()).isEmpty();
    assertThat(published).isEmpty();
  }

  @Test
  void emptyObject_failsWithoutBeingRead() throws Exception {
    store.put("uploads", "empty.jpg", "image/jpeg", Map.of(), new byte[0]);
    store.forgetCalls();

    assertFails("image-empty", Uploads.of("empty.jpg"));
    assertThat(store.calls()).containsExactly("HEAD uploads/empty.jpg");
  }

  @Test
  void objectAboveTheLimit_failsWithoutBeingRead() throws Exception {
    store.put("uploads", "large.jpg", "image/jpeg", Map.of(), new byte[101]);
    store.forgetCalls();

    assertFails("image-too-large", Uploads.of("large.jpg"));
    assertThat(store.calls()).containsExactly("HEAD uploads/large.jpg");
  }

  @Test
  void unreadableImage_failsWithTheCauseOfTheEngine() {
    engine.failWith(ImageFailure.IMAGE_TRUNCATED.because("half a photo"));

    assertFails("image-truncated", Uploads.of("photo.jpg"));
    assertThat(puts()).isEmpty();
    assertThat(published).isEmpty();
  }

  @Test
  void refusedObject_failsAndDoesNotStopTheSink() {
    store.refuseWith(new ObjectRefusedException("AccessDenied", new IllegalStateException()));

    assertFails("object-refused", Uploads.of("photo.jpg"));
  }

  @Test
  void absentOss_isWaitedFor() throws Exception {
    store.failWith(new ObjectStoreUnavailableException("OSS is away"));

    assertThatThrownBy(() -> sink.apply(List.of(Uploads.of("photo.jpg").event())))
        .isInstanceOf(DependencyUnavailableException.class)
        .hasMessageContaining("OSS is away");

    store.failWith(null);
    sink.apply(List.of(Uploads.of("photo.jpg").event()));
    assertThat(published).hasSize(1);
  }

  /** Thumbnails must not be announced by nobody: the upload comes again until they are. */
  @Test
  void absentKafka_isWaitedForAndThumbnailsAreKept() throws Exception {
    sink =
        sink(
            RECIPE,
            Optional.empty(),
            event -> {
              throw new DependencyUnavailableException(
                  "Kafka is away", new IllegalStateException());
            });
    assertThatThrownBy(() -> sink.apply(List.of(Uploads.of("photo.jpg").event())))
        .isInstanceOf(DependencyUnavailableException.class);

    sink(RECIPE, Optional.empty(), published::add).apply(List.of(Uploads.of("photo.jpg").event()));

    assertThat(engine.calls()).hasSize(1);
    assertThat(published).hasSize(1);
  }

  /** Replaced between its HEAD and its GET: the bytes are not those the name would promise. */
  @Test
  void objectReplacedMeanwhile_getsNoThumbnailUnderTheOldName() throws Exception {
    InMemoryObjectStore changing = new InMemoryObjectStore("uploads");
    changing.put("uploads", "photo.jpg", "image/jpeg", Map.of(), PHOTO);
    ThumbnailSink racing =
        sink(
            RECIPE,
            Optional.empty(),
            published::add,
            new ReplacedBeforeRead(changing, "new".getBytes(StandardCharsets.UTF_8)));

    racing.apply(List.of(Uploads.of("photo.jpg").withEtag(ETAG).event()));

    assertThat(engine.calls()).isEmpty();
    assertThat(published).isEmpty();
    assertThat(outcome("stale")).isEqualTo(1);
  }

  private void assertFails(String failure, Uploads upload) {
    assertThatThrownBy(() -> sink.apply(List.of(upload.event())))
        .isInstanceOfSatisfying(
            PermanentFailureException.class, e -> assertThat(e.failure()).isEqualTo(failure));
  }

  private List<String> puts() {
    return store.calls().stream().filter(call -> call.startsWith("PUT ")).toList();
  }

  private double outcome(String outcome) {
    return metrics.counter("quayside.thumbnail.events", "outcome", outcome).count();
  }

  private ThumbnailSink sink(
      Recipe recipe, Optional<String> bucket, ThumbnailedPublisher publisher) {
    return sink(recipe, bucket, publisher, store);
  }

  private ThumbnailSink sink(
      Recipe recipe,
      Optional<String> bucket,
      ThumbnailedPublisher publisher,
      quayside.oss.ObjectStore objects) {
    ThumbnailLocation location = new ThumbnailLocation("thumbnails", bucket);
    Thumbnailer thumbnailer =
        new Thumbnailer(
            objects,
            engine,
            new ImageFilter(location),
            new ThumbnailShelf(objects, location, recipe),
            LIMITS,
            new Budget(1000));
    return new ThumbnailSink(thumbnailer, publisher, new ThumbnailMetrics(metrics, CLOCK), CLOCK);
  }
}
