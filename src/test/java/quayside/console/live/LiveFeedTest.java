package quayside.console.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import quayside.LaptopStackResource;
import quayside.callback.KafkaBroker;
import quayside.console.ConsumerGroups;
import quayside.sink.catalog.CatalogConfig;
import quayside.sink.catalog.state.StateConfig;
import quayside.sink.search.SearchConfig;
import quayside.sink.thumbnail.ThumbnailConfig;
import quayside.sink.timeline.TimelineConfig;

/** How long the feed reads, and what it says while Kafka is away. */
class LiveFeedTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final SlowReader reader = new SlowReader();
  private LiveFeed feed;

  @AfterEach
  void stop() {
    feed.stop(null);
  }

  @Test
  void kafkaThatIsAway_isToldAndTheStreamStaysOpen() {
    watch("127.0.0.1:1", Clock.systemUTC());

    awaitTold(LiveMessage.kafka(false), 1);

    assertThat(reader.completed()).isFalse();
  }

  @Test
  void kafkaThatStandsStill_isToldAndWhatHappensAfterwardsToo() throws Exception {
    String bootstrapServers = LaptopStackResource.running().getProperty("kafka.bootstrap.servers");
    watch(bootstrapServers, Clock.systemUTC());
    awaitTold(LiveMessage.kafka(true), 1);
    try {
      KafkaBroker.standStill();
      awaitTold(LiveMessage.kafka(false), 1);
    } finally {
      KafkaBroker.goOn();
    }

    awaitTold(LiveMessage.kafka(true), 2);
    String key = "feed-" + UUID.randomUUID();
    publishEffect(bootstrapServers, key);
    await()
        .atMost(LIMIT)
        .until(() -> reader.read().stream().anyMatch(message -> message.data().contains(key)));
    assertThat(reader.completed()).isFalse();
  }

  @Test
  void feed_readsAMinuteLongerThanSomebodyWatchesAndThenAnew() {
    SetClock clock = new SetClock();
    FeedRun first =
        watch(LaptopStackResource.running().getProperty("kafka.bootstrap.servers"), clock);
    awaitTold(LiveMessage.kafka(true), 1);

    // The stream watches all the time.
    clock.advance(Duration.ofSeconds(50));
    await().during(Duration.ofSeconds(1)).until(feed::isReading);
    clock.advance(Duration.ofSeconds(50));
    await().during(Duration.ofSeconds(1)).until(feed::isReading);
    reader.cancel();
    clock.advance(Duration.ofSeconds(59));
    await().during(Duration.ofSeconds(1)).until(feed::isReading);
    clock.advance(Duration.ofSeconds(1));
    await().atMost(LIMIT).until(() -> !feed.isReading());

    assertThat(feed.watch()).isNotSameAs(first);
    assertThat(feed.isReading()).isTrue();
  }

  private void awaitTold(LiveMessage message, int times) {
    await()
        .atMost(LIMIT)
        .until(() -> reader.read().stream().filter(message::equals).count() == times);
  }

  private static void publishEffect(String bootstrapServers, String key) throws Exception {
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers),
            new StringSerializer(),
            new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(Records.EFFECTS, Records.effects("e", key))).get();
    }
  }

  private FeedRun watch(String bootstrapServers, Clock clock) {
    SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    LiveStreams streams = new LiveStreams(new TestLiveConfig(10), metrics, clock);
    feed =
        new LiveFeed(
            Map.of("bootstrap.servers", bootstrapServers), topics(), streams, metrics, clock);
    streams.open(new ObjectFilter(null, null)).subscribe().withSubscriber(reader);
    reader.request(1000);
    return feed.watch();
  }

  private static OwnTopics topics() {
    SmallRyeConfig config =
        new SmallRyeConfigBuilder()
            .addDiscoveredConverters()
            .withMapping(LiveTopicsConfig.class)
            .withMapping(CatalogConfig.class)
            .withMapping(SearchConfig.class)
            .withMapping(ThumbnailConfig.class)
            .withMapping(TimelineConfig.class)
            .withMapping(StateConfig.class)
            .build();
    ConsumerGroups groups =
        new ConsumerGroups(
            config.getConfigMapping(CatalogConfig.class),
            config.getConfigMapping(SearchConfig.class),
            config.getConfigMapping(ThumbnailConfig.class),
            config.getConfigMapping(TimelineConfig.class),
            config.getConfigMapping(StateConfig.class));
    return new OwnTopics(config.getConfigMapping(LiveTopicsConfig.class), groups);
  }
}
