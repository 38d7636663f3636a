package quayside.console.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import quayside.LaptopStackResource;
import quayside.console.ConsumerGroups;
import quayside.sink.catalog.CatalogConfig;
import quayside.sink.catalog.state.StateConfig;
import quayside.sink.search.SearchConfig;
import quayside.sink.thumbnail.ThumbnailConfig;
import quayside.sink.timeline.TimelineConfig;

/** How long the feed reads, and what it says while Kafka is away. */
class LiveFeedTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final SetClock clock = new SetClock();
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final LiveStreams streams = new LiveStreams(new TestLiveConfig(10), metrics, clock);
  private final SlowReader reader = new SlowReader();
  private LiveFeed feed;

  @AfterEach
  void stop() {
    feed.stop(null);
  }

  @Test
  void kafkaThatIsAway_isToldAndTheStreamStaysOpen() {
    feed = feed("127.0.0.1:1");
    streams.open(new ObjectFilter(null, null)).subscribe().withSubscriber(reader);
    reader.request(100);

    feed.watch();

    await().atMost(LIMIT).until(() -> reader.read().contains(LiveMessage.kafka(false)));
    assertThat(reader.completed()).isFalse();
  }

  @Test
  void feed_readsAMinuteLongerThanSomebodyWatchesAndThenAnew() {
    feed = feed(LaptopStackResource.running().getProperty("kafka.bootstrap.servers"));
    streams.open(new ObjectFilter(null, null)).subscribe().withSubscriber(reader);
    reader.request(100);
    FeedRun first = feed.watch();
    await().atMost(LIMIT).until(() -> reader.read().contains(LiveMessage.kafka(true)));

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

  private LiveFeed feed(String bootstrapServers) {
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
    OwnTopics topics = new OwnTopics(config.getConfigMapping(LiveTopicsConfig.class), groups);
    return new LiveFeed(
        Map.of("bootstrap.servers", bootstrapServers), topics, streams, metrics, clock);
  }
}
