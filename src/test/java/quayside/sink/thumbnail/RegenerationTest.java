package quayside.sink.thumbnail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.imageio.ImageIO;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import quayside.LaptopStackResource;
import quayside.event.CloudEvent;
import quayside.event.EventCodec;
import quayside.event.ObjectThumbnailed;
import quayside.event.ObjectUploaded;
import quayside.oss.InMemoryObjectStore;
import quayside.oss.ObjectStoreUnavailableException;

/**
 * A campaign over a topic of a real broker, with the engine in Java and a bucket in memory. A
 * restart of the service is a new {@link Regeneration}: what it knows is on the broker.
 */
class RegenerationTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String SERVERS =
      LaptopStackResource.running().getProperty("kafka.bootstrap.servers");
  private static final EventCodec<ObjectUploaded> CODEC = EventCodec.objectUploaded();

  private final String name = "regeneration-" + UUID.randomUUID();
  private final InMemoryObjectStore store = new InMemoryObjectStore("uploads");
  private final List<CloudEvent<ObjectThumbnailed>> published = new CopyOnWriteArrayList<>();
  private final List<Regeneration> begun = new ArrayList<>();

  @AfterEach
  void stop() {
    begun.forEach(Regeneration::cancel);
  }

  @Test
  void presetOfANewVersion_isMadeAndNoOther() throws Exception {
    upload(3);
    run(service(1), "small", 1000);
    assertThat(puts()).hasSize(3 * 3); // small, large, manifest
    store.forgetCalls();
    published.clear();

    RegenerationStatus status = run(service(2), "small", 1000);

    assertThat(status.campaign()).isEqualTo("small-v2");
    assertThat(puts())
        .hasSize(3 * 2)
        .allMatch(put -> put.endsWith("/small-v2.jpg") || put.endsWith("/manifest.json"));
    assertThat(published)
        .hasSize(3)
        .allMatch(event -> event.id().endsWith("-thumbnails-1"))
        .allMatch(event -> event.sequence() == 43);
    assertThat(published.getFirst().data().thumbnails())
        .extracting(thumbnail -> thumbnail.key().replaceFirst(".*/", ""))
        .containsExactly("small-v2.jpg", "large.jpg");
  }

  @Test
  void finishedCampaign_hasNothingMoreToDoUnlessItIsBegunAnew() throws Exception {
    upload(3);
    run(service(1), "small", 1000);
    store.forgetCalls();

    assertThat(run(service(1), "small", 1000).total()).isZero();
    assertThat(store.calls()).isEmpty();

    Regeneration again = service(1);
    assertThat(again.start("small", 1000, true)).isEmpty();
    assertThat(ended(again).read()).isEqualTo(3);
    assertThat(store.calls()).isNotEmpty().noneMatch(call -> call.startsWith("PUT "));
  }

  /** A campaign takes days; nobody lets a service run for so long only because of it. */
  @Test
  void campaignOfAServiceThatStopped_goesOnWhereItWas() throws Exception {
    int uploads = 80;
    upload(uploads);
    Regeneration first = service(1);
    first.start("small", 20, false);
    await().atMost(LIMIT).until(() -> first.status().read() >= 20);
    first.cancel();
    RegenerationStatus stopped = ended(first);
    assertThat(stopped.state()).isEqualTo("cancelled");
    assertThat(stopped.read()).isLessThan(uploads);

    RegenerationStatus resumed = run(service(1), "small", 1000);

    // What was read and not remembered is one batch of 16 at most.
    assertThat(resumed.read()).isBetween(uploads - stopped.read(), uploads - stopped.read() + 16);
    assertThat(resumed.total()).isEqualTo(resumed.read());
    assertThat(puts().stream().filter(put -> put.endsWith("/small.jpg"))).hasSize(uploads);
  }

  @Test
  void rate_isNotExceeded() throws Exception {
    upload(10);

    RegenerationStatus status = run(service(1), "small", 20);

    assertThat(status.startedAt()).isNotNull();
    assertThat(status.endedAt()).isNotNull();
    assertThat(Duration.between(status.startedAt(), status.endedAt()))
        .isGreaterThanOrEqualTo(Duration.ofMillis(10 * 50));
  }

  @Test
  void uploadOfWhichNoneCanBeMade_isCountedAndDoesNotStopTheOthers() throws Exception {
    byte[] text = "no image".getBytes(StandardCharsets.UTF_8);
    store.put("uploads", "broken.png", "image/png", Map.of(), text);
    publish("broken.png", InMemoryObjectStore.etag(text));
    try (KafkaProducer<String, byte[]> producer = producer()) {
      producer.send(
          new ProducerRecord<>(name, "k", "not an event".getBytes(StandardCharsets.UTF_8)));
    }
    upload(2);

    RegenerationStatus status = run(service(1), "small", 1000);

    assertThat(status.state()).isEqualTo("done");
    assertThat(status.read()).isEqualTo(4);
    assertThat(status.failed()).isEqualTo(1);
    assertThat(published).hasSize(2);
  }

  @Test
  void bucketThatIsAway_isWaitedFor() throws Exception {
    upload(1);
    store.failWith(new ObjectStoreUnavailableException("OSS is away"));
    Regeneration regeneration = service(1);
    regeneration.start("small", 1000, false);
    await()
        .atMost(LIMIT)
        .until(() -> String.valueOf(regeneration.status().problem()).contains("OSS is away"));
    assertThat(regeneration.status().isRunning()).isTrue();

    store.failWith(null);

    assertThat(ended(regeneration).failed()).isZero();
    assertThat(published).hasSize(1);
  }

  @Test
  void whatCannotBeBegun_isRefused() throws Exception {
    upload(1);
    Regeneration regeneration = service(1);

    assertThat(regeneration.start("tiny", 1, false)).contains(Regeneration.Refusal.UNKNOWN_PRESET);
    assertThat(regeneration.status().state()).isEqualTo("none");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> regeneration.start("small", 0, false))
        .withMessageContaining("perSecond: 0.0");
    assertThat(regeneration.start("small", 0.001, false)).isEmpty();
    assertThat(regeneration.start("large", 1, false))
        .contains(Regeneration.Refusal.REGENERATION_UNDER_WAY);
    regeneration.cancel();
    assertThat(ended(regeneration).state()).isEqualTo("cancelled");
  }

  private RegenerationStatus run(Regeneration regeneration, String preset, double rate) {
    assertThat(regeneration.start(preset, rate, false)).isEmpty();
    RegenerationStatus status = ended(regeneration);
    assertThat(status.state()).as(status.problem()).isEqualTo("done");
    return status;
  }

  private static RegenerationStatus ended(Regeneration regeneration) {
    await().atMost(LIMIT).until(() -> !regeneration.status().isRunning());
    return regeneration.status();
  }

  /** A service whose preset {@code small} has this version; {@code large} always has its first. */
  private Regeneration service(int versionOfSmall) {
    Map<String, String> settings = new HashMap<>();
    settings.put("quayside.thumbnail.group", name);
    settings.put("quayside.thumbnail.engine", "java");
    settings.put("quayside.thumbnail.formats", "jpeg");
    settings.put("quayside.thumbnail.presets.small.size", Integer.toString(7 + versionOfSmall));
    settings.put("quayside.thumbnail.presets.small.version", Integer.toString(versionOfSmall));
    settings.put("quayside.thumbnail.presets.large.size", "12");
    ThumbnailConfig config =
        new SmallRyeConfigBuilder()
            .addDiscoveredConverters()
            .withMapping(ThumbnailConfig.class)
            .withDefaultValues(settings)
            .build()
            .getConfigMapping(ThumbnailConfig.class);
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    Regeneration regeneration =
        new Regeneration(
            config,
            () -> name,
            Map.of("bootstrap.servers", SERVERS),
            new ThumbnailPipeline(
                config,
                store,
                published::add,
                meters,
                new ThumbnailMetrics(meters, Clock.systemUTC()),
                Clock.systemUTC()),
            Clock.systemUTC());
    begun.add(regeneration);
    return regeneration;
  }

  private List<String> puts() {
    return store.calls().stream()
        .filter(call -> call.startsWith("PUT uploads/thumbnails/"))
        .toList();
  }

  /** Uploads of pictures, no two alike. */
  private void upload(int count) throws Exception {
    for (int i = 0; i < count; i++) {
      BufferedImage picture = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
      picture.setRGB(i % 16, i / 16, 0xff8800);
      ByteArrayOutputStream png = new ByteArrayOutputStream();
      ImageIO.write(picture, "png", png);
      String key = "picture-" + i + ".png";
      store.put("uploads", key, "image/png", Map.of(), png.toByteArray());
      publish(key, InMemoryObjectStore.etag(png.toByteArray()));
    }
    store.forgetCalls();
  }

  private void publish(String key, String etag) throws Exception {
    CloudEvent<ObjectUploaded> event =
        Uploads.of(key).withMimeType("image/png").withEtag(etag).event();
    ProducerRecord<String, byte[]> record =
        new ProducerRecord<>(
            name, Optional.ofNullable(event.partitionKey()).orElseThrow(), CODEC.value(event));
    CODEC
        .headers(event)
        .forEach((header, value) ->
            record.headers().add(header, value.getBytes(StandardCharsets.UTF_8)));
    try (KafkaProducer<String, byte[]> producer = producer()) {
      producer.send(record).get();
    }
  }

  private static KafkaProducer<String, byte[]> producer() {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", SERVERS), new StringSerializer(), new ByteArraySerializer());
  }
}
