package quayside.console.live;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import quayside.console.ConsumerGroups;
import quayside.sink.GroupTopics;

/**
 * The topics of ours that tell what happens: events, effects, and each group's retries and dead
 * letters. Thread-safe.
 */
@ApplicationScoped
class OwnTopics {
  private final Set<String> names;
  private final String effects;

  OwnTopics(LiveTopicsConfig topics, ConsumerGroups groups) {
    List<String> events =
        List.of(topics.objectUploaded(), topics.objectThumbnailed(), topics.objectDeleted());
    Set<String> all = new HashSet<>(events);
    for (String event : events) {
      for (String group : groups.withTopics()) {
        all.add(GroupTopics.retry(event, group));
        all.add(GroupTopics.deadLetters(event, group));
      }
    }
    this.effects = topics.effects();
    all.add(effects);
    this.names = Set.copyOf(all);
  }

  /** All of them, whether they exist or not. */
  Set<String> names() {
    return names;
  }

  /** The one with what events came to. */
  String effects() {
    return effects;
  }
}
