package quayside.console.live;

import static quayside.log.LogField.CAUSE;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/**
 * The thread that reads what happens, from when somebody begins to watch until nobody does. While
 * Kafka is away it waits and says so; whatever else goes wrong, it begins anew.
 */
public final class FeedRun implements Runnable {
  private static final Logger LOG = Logger.getLogger(FeedRun.class);
  private static final Duration POLL = Duration.ofMillis(200);

  /** How often it looks for new topics and whether Kafka answers. */
  private static final Duration DISCOVERY = Duration.ofSeconds(3);

  private static final Duration PAUSE = Duration.ofSeconds(3);

  private final Map<String, Object> kafka;
  private final OwnTopics topics;
  private final LiveStreams streams;
  private final Predicate<FeedRun> goesOn;
  private final Clock clock;
  private final Instant since;
  private final Stages stages;
  private final CountDownLatch stopping = new CountDownLatch(1);

  /**
   * One that has not begun.
   *
   * @param goesOn whether somebody still watches; once it says no, it says so for ever
   */
  FeedRun(
      Map<String, Object> kafka,
      OwnTopics topics,
      LiveStreams streams,
      Predicate<FeedRun> goesOn,
      Clock clock) {
    this.kafka = kafka;
    this.topics = topics;
    this.streams = streams;
    this.goesOn = goesOn;
    this.clock = clock;
    this.since = clock.instant();
    this.stages = new Stages(clock);
  }

  /** When it began. */
  public Instant since() {
    return since;
  }

  /** How a stage does. */
  public StageReading read(String stage) {
    return stages.read(stage);
  }

  /** Has it end at once, watched or not. */
  void stop() {
    stopping.countDown();
  }

  @Override
  public void run() {
    LOG.debug("somebody watches");
    while (isOn()) {
      try (FeedConsumer consumer = new FeedConsumer(kafka, topics.names(), since)) {
        follow(consumer);
      } catch (RuntimeException e) {
        LOG.warnf("what happens cannot be read %s", CAUSE.of(e.toString()));
        streams.kafka(false);
        pause(PAUSE);
      }
    }
    LOG.debug("nobody watches");
  }

  private void follow(FeedConsumer consumer) {
    LiveReader reader = new LiveReader(topics.effects(), stages);
    Instant discovery = clock.instant();
    while (isOn()) {
      if (!clock.instant().isBefore(discovery)) {
        streams.kafka(consumer.discover());
        discovery = clock.instant().plus(DISCOVERY);
      }
      if (consumer.hasPartitions()) {
        streams.publish(reader.read(consumer.poll(POLL)));
      } else {
        pause(POLL);
      }
    }
  }

  private boolean isOn() {
    return stopping.getCount() > 0 && goesOn.test(this);
  }

  private void pause(Duration time) {
    try {
      var ignored = stopping.await(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stop();
    }
  }
}
