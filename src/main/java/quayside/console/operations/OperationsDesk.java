package quayside.console.operations;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import quayside.console.ConsumerGroups;
import quayside.console.live.FeedRun;
import quayside.console.live.LiveConfig;
import quayside.console.live.LiveFeed;
import quayside.console.live.StageReading;
import quayside.console.operations.Operations.CallbackCounts;
import quayside.console.operations.Operations.Feed;
import quayside.console.operations.Operations.Stage;
import quayside.sink.GroupTopics;
import quayside.sink.WaitingSinks;

/** Puts together how the installation does. Blocks; thread-safe. */
@ApplicationScoped
class OperationsDesk {
  private static final String PUBLISH = "publish";

  private final LiveFeed feed;
  private final GroupLags lags;
  private final ConsumerGroups groups;
  private final OwnCounters counters;
  private final ConservationCheck conservation;
  private final WaitingSinks waiting;
  private final LiveConfig config;
  private final Clock clock;

  OperationsDesk(
      LiveFeed feed,
      GroupLags lags,
      ConsumerGroups groups,
      OwnCounters counters,
      WaitingSinks waiting,
      LiveConfig config,
      Clock clock) {
    this.feed = feed;
    this.lags = lags;
    this.groups = groups;
    this.counters = counters;
    this.conservation = new ConservationCheck(clock);
    this.waiting = waiting;
    this.config = config;
    this.clock = clock;
  }

  /** How it does now; who asks watches the feed. */
  Operations look() {
    FeedRun run = feed.watch();
    Optional<CallbackCounts> callbacks = counters.callbacks();
    return new Operations(
        clock.instant().toString(),
        config.instance(),
        stages(run),
        new Feed(run.since().toString()),
        counters.journal().orElse(null),
        callbacks.orElse(null),
        callbacks.map(counts -> counters.refusals()).orElse(null),
        callbacks.map(conservation::check).orElse(null),
        waiting.all().entrySet().stream().map(e -> e.getKey() + ": " + e.getValue()).toList());
  }

  private List<Stage> stages(FeedRun run) {
    Map<String, Long> behind = lags.all();
    List<Stage> stages = new ArrayList<>();
    StageReading publish = run.read(PUBLISH);
    stages.add(
        new Stage(
            PUBLISH,
            publish.ratePerSecond(),
            publish.p50Millis(),
            publish.p99Millis(),
            null,
            null));
    for (ConsumerGroups.Group group : groups.all()) {
      StageReading reading = run.read(group.stage());
      stages.add(
          new Stage(
              group.stage(),
              reading.ratePerSecond(),
              reading.p50Millis(),
              reading.p99Millis(),
              behind.get(group.name()),
              group.hasTopics() ? behind.get(GroupTopics.retryReaders(group.name())) : null));
    }
    return stages;
  }
}
