package quayside.sink;

import java.util.Optional;

/**
 * The names of the topics that a consumer group has for itself, beside each topic it reads: {@code
 * <topic>.<group>.retry} and {@code <topic>.<group>.dlq}.
 */
public final class GroupTopics {
  private static final String RETRY = ".retry";
  private static final String DEAD_LETTERS = ".dlq";

  private GroupTopics() {}

  /** Where records of a topic wait for another try by this group. */
  public static String retry(String topic, String group) {
    return topic + "." + group + RETRY;
  }

  /** Where records of a topic are that this group cannot apply. */
  public static String deadLetters(String topic, String group) {
    return topic + "." + group + DEAD_LETTERS;
  }

  /** The group that reads the retry topics of a group. */
  public static String retryReaders(String group) {
    return group + RETRY;
  }

  /** A regular expression for all retry topics of a group. */
  static String retryPattern(String group) {
    return ".+\\." + group.replace(".", "\\.") + "\\.retry";
  }

  /** The topic whose dead letters of this group a topic holds; empty when it holds none. */
  public static Optional<String> topicOfDeadLetters(String name, String group) {
    String suffix = "." + group + DEAD_LETTERS;
    return name.endsWith(suffix) && name.length() > suffix.length()
        ? Optional.of(name.substring(0, name.length() - suffix.length()))
        : Optional.empty();
  }
}
