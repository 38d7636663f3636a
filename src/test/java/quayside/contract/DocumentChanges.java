package quayside.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import quayside.contract.AsyncApi.Topic;
import quayside.contract.Break.Rule;

/**
 * Compares an AsyncAPI document with one that was released, and finds what breaks a reader: topics,
 * their partitions and how they are kept, messages and their keys, consumer groups. What is tagged
 * internal is nobody's business.
 */
final class DocumentChanges {
  private static final String FILE = "asyncapi.yaml, ";
  private static final List<String> KEPT = List.of("retention.ms", "delete.retention.ms");

  private final AsyncApi old;
  private final AsyncApi now;
  private final List<Break> breaks = new ArrayList<>();

  private DocumentChanges(AsyncApi old, AsyncApi now) {
    this.old = old;
    this.now = now;
  }

  /** What breaks; empty when nothing does. */
  static List<Break> between(AsyncApi released, AsyncApi working) {
    DocumentChanges changes = new DocumentChanges(released, working);
    changes.topics();
    changes.messages();
    changes.groups();
    return changes.breaks;
  }

  private void topics() {
    Map<String, Topic> working = now.topics();
    Set<String> internal = new TreeSet<>();
    old.channels()
        .forEach((key, channel) -> {
          if (isInternal(channel)) {
            internal.addAll(old.topicNames(key));
          }
        });
    old.topics()
        .forEach((name, topic) -> {
          Topic after = working.get(name);
          if (internal.contains(name)) {
            return;
          } else if (after == null) {
            found("topic " + name, Rule.REMOVED, "is gone");
          } else {
            topic(name, topic, after);
          }
        });
  }

  private void topic(String name, Topic before, Topic after) {
    differ(
        "topic " + name + ", partitions",
        Rule.CHANGED,
        Integer.toString(before.partitions()),
        Integer.toString(after.partitions()));
    differ(
        "topic " + name + ", cleanup.policy",
        Rule.CHANGED,
        before.configuration().get("cleanup.policy"),
        after.configuration().get("cleanup.policy"));
    for (String setting : KEPT) {
      String kept = before.configuration().get(setting);
      String keeps = after.configuration().get(setting);
      if (kept != null && (keeps == null || Long.parseLong(keeps) < Long.parseLong(kept))) {
        differ("topic " + name + ", " + setting, Rule.KEPT_SHORTER, kept, keeps);
      }
    }
  }

  private void messages() {
    Map<String, JsonNode> channels = now.channels();
    old.channels()
        .forEach((key, channel) -> {
          if (isInternal(channel) || !channels.containsKey(key)) {
            return; // a channel that is gone is a topic that is gone
          }
          channel
              .path("messages")
              .properties()
              .forEach(message -> {
                JsonNode after = channels.get(key).path("messages").path(message.getKey());
                String where = "channel " + key + ", message " + message.getKey();
                if (after.isMissingNode()) {
                  found(where, Rule.REMOVED, "is gone");
                } else {
                  message(where, message.getValue(), after);
                }
              });
        });
  }

  private void message(String where, JsonNode before, JsonNode after) {
    for (String part : List.of("/payload", "/headers", "/bindings/kafka/key")) {
      breaks.addAll(
          SchemaChanges.within(FILE + where + part, schema(before, part), schema(after, part)));
    }
    for (String part : List.of("/contentType", "/bindings/kafka/schemaIdLocation")) {
      differ(where + part, Rule.CHANGED, text(before.at(part)), text(after.at(part)));
    }
  }

  /** A schema that is not there allows everything. */
  private static JsonNode schema(JsonNode message, String part) {
    JsonNode schema = message.at(part);
    return schema.isMissingNode() ? BooleanNode.TRUE : schema;
  }

  /** Rights and the bootstrap name them; who else reads what is Quayside's own affair. */
  private void groups() {
    Set<String> after = groups(now);
    for (String reader : groups(old)) {
      if (!after.contains(reader)) {
        found("consumer group " + reader, Rule.REMOVED, "is gone");
      }
    }
  }

  private static Set<String> groups(AsyncApi api) {
    return api.operations().stream()
        .filter(operation -> operation.action().equals("receive"))
        .filter(operation -> isTagged(api.channels().get(operation.channel()), "contract"))
        .map(operation -> operation.groupId() + " of " + operation.channel())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static boolean isInternal(JsonNode channel) {
    return isTagged(channel, "internal");
  }

  private static boolean isTagged(JsonNode channel, String tag) {
    return channel.path("tags").findValuesAsText("name").contains(tag);
  }

  private static @Nullable String text(JsonNode node) {
    return node.isMissingNode() ? null : node.asText();
  }

  private void differ(String where, Rule rule, @Nullable String before, @Nullable String after) {
    if (!Objects.equals(before, after)) {
      found(where, rule, "was " + before + ", is " + after);
    }
  }

  private void found(String where, Rule rule, String change) {
    breaks.add(new Break(FILE + where, rule, change));
  }
}
