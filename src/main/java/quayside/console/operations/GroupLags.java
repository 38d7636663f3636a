package quayside.console.operations;

import static quayside.log.LogField.CAUSE;
import static quayside.log.LogField.GROUP;

import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;
import quayside.console.ConsumerGroups;
import quayside.sink.GroupProgressKafkaAdmin;
import quayside.sink.GroupProgressKafkaAdmin.Progress;
import quayside.sink.GroupTopics;

/**
 * How far behind the consumer groups are, over all instances. Kafka is asked when somebody wants to
 * know, and not again within a few seconds; while it does not answer, nothing is known, which is
 * said at once, for then there are other things that people want to know. Blocks for a moment;
 * thread-safe.
 */
@ApplicationScoped
class GroupLags {
  private static final Logger LOG = Logger.getLogger(GroupLags.class);
  private static final Duration KEPT = Duration.ofSeconds(3);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Map<String, Object> kafka;
  private final ConsumerGroups groups;
  private final Clock clock;
  private CompletableFuture<Map<String, Long>> asked = CompletableFuture.completedFuture(Map.of());
  private Instant askAgain = Instant.EPOCH;

  GroupLags(
      @Identifier("default-kafka-broker") Map<String, Object> kafka,
      ConsumerGroups groups,
      Clock clock) {
    this.kafka = Map.copyOf(kafka);
    this.groups = groups;
    this.clock = clock;
  }

  /** Records each group has not processed yet; those are missing of which nothing is known. */
  Map<String, Long> all() {
    try {
      return asked().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException notKnown) {
      return Map.of();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Map.of();
    }
  }

  /** One question at a time, however many want to know. */
  private synchronized CompletableFuture<Map<String, Long>> asked() {
    if (asked.isDone() && !clock.instant().isBefore(askAgain)) {
      asked = CompletableFuture.supplyAsync(this::ask, Thread.ofVirtual()::start);
      askAgain = clock.instant().plus(KEPT);
    }
    return asked;
  }

  private Map<String, Long> ask() {
    Map<String, Long> found = new HashMap<>();
    try (GroupProgressKafkaAdmin admin =
        new GroupProgressKafkaAdmin(kafka, "quayside-console-lag")) {
      for (String group : names()) {
        ask(admin, group, found);
      }
    } catch (TimeoutException | RuntimeException away) {
      LOG.debugf("lag is not known %s", CAUSE.of(away.toString()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Map.copyOf(found);
  }

  private static void ask(GroupProgressKafkaAdmin admin, String group, Map<String, Long> found)
      throws TimeoutException, InterruptedException {
    try {
      Map<String, Progress> progress = admin.of(group);
      if (!progress.isEmpty()) {
        found.put(group, progress.values().stream().mapToLong(Progress::lag).sum());
      }
    } catch (ExecutionException e) {
      LOG.debugf("lag is not known %s %s", GROUP.of(group), CAUSE.of(e.toString()));
    }
  }

  private List<String> names() {
    List<String> names = new ArrayList<>();
    for (ConsumerGroups.Group group : groups.all()) {
      names.add(group.name());
      if (group.hasTopics()) {
        names.add(GroupTopics.retryReaders(group.name()));
      }
    }
    return names;
  }
}
