package quayside.operate.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The topics that the service writes. Those of a consumer group are {@code <topic>.<group>.retry}
 * and {@code <topic>.<group>.dlq}, for each topic that it reads; they are written when something
 * cannot be applied, so that nobody notices before that they are missing.
 */
final class DoctorTopics {
  private static final String RETRY = ".retry";
  private static final String DEAD_LETTERS = ".dlq";

  /** The groups as they are unless configured otherwise. */
  private static final Map<String, String> GROUPS =
      Map.of(
          "catalog", "quayside-catalog",
          "search", "quayside-search",
          "thumbnail", "quayside-thumbnail");

  private DoctorTopics() {}

  /** True for a topic of a consumer group's own. */
  static boolean isOfGroup(String topic) {
    return topic.endsWith(RETRY) || topic.endsWith(DEAD_LETTERS);
  }

  /**
   * All topics.
   *
   * @param config names of the topics of all
   * @param groups sink to consumer group, for groups of other names
   * @throws IllegalArgumentException for a sink that does not exist
   */
  static List<String> written(DoctorConfig config, Map<String, String> groups) {
    Map<String, String> groupOf = new TreeMap<>(GROUPS);
    groups.forEach((sink, group) -> {
      if (groupOf.replace(sink, group) == null) {
        throw new IllegalArgumentException(
            "--group " + sink + "=" + group + ": the sinks are " + groupOf.keySet());
      }
    });
    List<String> events =
        List.of(config.objectUploaded(), config.objectThumbnailed(), config.objectDeleted());
    List<String> topics = new ArrayList<>(events);
    topics.add(config.objectState());
    topics.add(config.effects());
    groupOf.forEach((sink, group) -> {
      // Thumbnails are made of uploads alone.
      for (String read : sink.equals("thumbnail") ? events.subList(0, 1) : events) {
        topics.add(read + "." + group + RETRY);
        topics.add(read + "." + group + DEAD_LETTERS);
      }
    });
    return List.copyOf(topics);
  }
}
