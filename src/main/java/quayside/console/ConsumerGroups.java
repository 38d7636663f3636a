package quayside.console;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import quayside.sink.catalog.CatalogConfig;
import quayside.sink.catalog.state.StateConfig;
import quayside.sink.search.SearchConfig;
import quayside.sink.thumbnail.ThumbnailConfig;
import quayside.sink.timeline.TimelineConfig;

/**
 * The consumer groups of the installation as they are configured, whatever this instance does
 * itself. Thread-safe.
 */
@ApplicationScoped
public class ConsumerGroups {
  private final List<Group> groups;

  /** As these say. */
  public ConsumerGroups(
      CatalogConfig catalog,
      SearchConfig search,
      ThumbnailConfig thumbnail,
      TimelineConfig timeline,
      StateConfig state) {
    this.groups =
        List.of(
            new Group("catalog", catalog.group(), true),
            new Group("search", search.group(), true),
            new Group("thumbnail", thumbnail.group(), true),
            new Group("timeline", timeline.group(), false),
            new Group("state", state.group(), false));
  }

  /**
   * A consumer group.
   *
   * @param stage what it is for, as the console names it
   * @param name as Kafka knows it
   * @param hasTopics whether it has retry and dead letter topics of its own
   */
  public record Group(String stage, String name, boolean hasTopics) {}

  /** All, in the order in which events pass them. */
  public List<Group> all() {
    return groups;
  }

  /** The names of those that have retry and dead letter topics. */
  public List<String> withTopics() {
    return groups.stream().filter(Group::hasTopics).map(Group::name).toList();
  }
}
