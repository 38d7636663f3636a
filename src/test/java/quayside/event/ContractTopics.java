package quayside.event;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The topics of the contract, by their default names, and those that hold copies of their records:
 * what waits to be tried again and what was set aside.
 */
final class ContractTopics {
  private static final String TYPES = "io.quayside.";
  private static final Map<String, EventType> TOPICS =
      Arrays.stream(EventType.values())
          .collect(
              Collectors.toMap(
                  type -> "oss." + type.ceType().substring(TYPES.length()), Function.identity()));

  private ContractTopics() {}

  /** The type of all records of a topic; empty when its name is no default of ours. */
  static Optional<EventType> typeOf(String topic) {
    return Optional.ofNullable(TOPICS.get(topic));
  }

  /** True for a topic of the contract, and for the copies of its records. */
  static boolean contains(String topic) {
    return TOPICS.containsKey(topic)
        || isCopy(topic) && TOPICS.keySet().stream().anyMatch(name -> topic.startsWith(name + "."));
  }

  /** True for a topic that holds copies of what was published on another one. */
  static boolean isCopy(String topic) {
    return topic.endsWith(".retry") || topic.endsWith(".dlq");
  }

  /** True when a record is one of ours: by its topic, or because it says so. */
  static boolean binds(String topic, Headers headers) {
    String ceType = text(headers, "ce_type");
    return contains(topic) || ceType != null && ceType.startsWith(TYPES);
  }

  /** The value of a header as text; null when it is absent. */
  static @Nullable String text(Headers headers, String name) {
    var header = headers.lastHeader(name);
    return header == null || header.value() == null
        ? null
        : new String(header.value(), java.nio.charset.StandardCharsets.UTF_8);
  }
}
