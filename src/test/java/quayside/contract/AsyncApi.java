package quayside.contract;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The AsyncAPI document: what stands in for a reference is what it refers to, in the document or in
 * a file beside it.
 */
public final class AsyncApi {
  private static final YAMLMapper YAML =
      YAMLMapper.builder().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION).build();

  private final Path folder;
  private final JsonNode document;

  private AsyncApi(Path folder, JsonNode document) {
    this.folder = folder;
    this.document = document;
  }

  /** The document that is published now. */
  public static AsyncApi current() {
    return in(SchemaFiles.FOLDER);
  }

  /** The document in a folder, with the schemas beside it. */
  static AsyncApi in(Path folder) {
    return of(folder, text(folder));
  }

  /** This document, as if it were in a folder. */
  static AsyncApi of(Path folder, JsonNode document) {
    return new AsyncApi(folder, document);
  }

  /** The document in a folder as it is written. */
  static JsonNode text(Path folder) {
    try {
      return YAML.readTree(folder.resolve("asyncapi.yaml").toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A topic to be created.
   *
   * @param configuration names and values, as Kafka has them
   */
  record Topic(int partitions, int replicas, Map<String, String> configuration) {}

  /**
   * What Quayside sends or receives.
   *
   * @param channel key of the channel
   * @param group schema of the consumer group's id; null of what is sent
   * @param client schema of the client's id
   */
  record Operation(
      String name, String action, String channel, @Nullable JsonNode group, JsonNode client) {

    /** The consumer group. */
    String groupId() {
      if (group == null || group.path("enum").size() != 1) {
        throw new IllegalStateException(name + ": does not name one group");
      }
      return group.path("enum").get(0).asText();
    }
  }

  /** All topics by name, those with parameters for every value. */
  Map<String, Topic> topics() {
    Map<String, Topic> topics = new TreeMap<>();
    channels()
        .keySet()
        .forEach(channel -> {
          Topic topic = topic(channels().get(channel).at("/bindings/kafka"));
          topicNames(channel).forEach(name -> topics.put(name, topic));
        });
    return topics;
  }

  /** The names of a channel's topics. */
  List<String> topicNames(String channel) {
    String address = channels().get(channel).path("address").asText();
    List<String> groups = groups(channel);
    return groups.isEmpty()
        ? List.of(address)
        : groups.stream().map(group -> address.replace("{group}", group)).toList();
  }

  /** The values of a channel's parameter {@code group}; none when it has no parameter. */
  List<String> groups(String channel) {
    List<String> groups = new ArrayList<>();
    channels().get(channel).at("/parameters/group/enum").forEach(g -> groups.add(g.asText()));
    return groups;
  }

  /** The channels by key. */
  Map<String, JsonNode> channels() {
    return entries(document.path("channels"));
  }

  /** The messages by key. */
  Map<String, JsonNode> messages() {
    return entries(document.at("/components/messages"));
  }

  /** What is wrong with the headers of a message; empty when nothing is. */
  public List<String> headerFailures(String message, Map<String, String> headers) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    headers.forEach(node::put);
    return SchemaFiles.failures(messages().get(message).path("headers"), node);
  }

  /** The names of the headers that a message may have. */
  public Set<String> headerNames(String message) {
    Set<String> names = new TreeSet<>();
    messages().get(message).at("/headers/properties").fieldNames().forEachRemaining(names::add);
    return names;
  }

  /** All operations, in the order of the document. */
  List<Operation> operations() {
    List<Operation> operations = new ArrayList<>();
    for (Map.Entry<String, JsonNode> operation : document.path("operations").properties()) {
      JsonNode kafka = resolved(operation.getValue().path("bindings")).path("kafka");
      String channel = operation.getValue().at("/channel/$ref").asText();
      operations.add(
          new Operation(
              operation.getKey(),
              operation.getValue().path("action").asText(),
              channel.substring(channel.lastIndexOf('/') + 1),
              kafka.get("groupId"),
              kafka.path("clientId")));
    }
    return operations;
  }

  private Map<String, JsonNode> entries(JsonNode object) {
    Map<String, JsonNode> entries = new TreeMap<>();
    object.properties().forEach(e -> entries.put(e.getKey(), resolved(e.getValue())));
    return entries;
  }

  private static Topic topic(JsonNode binding) {
    Map<String, String> configuration = new TreeMap<>();
    binding
        .path("topicConfiguration")
        .properties()
        .forEach(setting -> {
          List<String> values = new ArrayList<>();
          setting.getValue().forEach(value -> values.add(value.asText()));
          configuration.put(
              setting.getKey(),
              setting.getValue().isArray()
                  ? String.join(",", values)
                  : setting.getValue().asText());
        });
    return new Topic(
        binding.path("partitions").intValue(), binding.path("replicas").intValue(), configuration);
  }

  private JsonNode resolved(JsonNode node) {
    if (node.has("$ref")) {
      return resolved(referred(node.get("$ref").asText()));
    } else if (node.isObject()) {
      ObjectNode object = JsonNodeFactory.instance.objectNode();
      node.properties().forEach(e -> object.set(e.getKey(), resolved(e.getValue())));
      return object;
    } else if (node.isArray()) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      node.forEach(item -> array.add(resolved(item)));
      return array;
    }
    return node;
  }

  private JsonNode referred(String reference) {
    if (reference.startsWith("./")) {
      return SchemaFiles.json(folder.resolve(reference.substring(2)));
    }
    JsonNode found = document.at(reference.substring(1));
    if (!reference.startsWith("#/") || found.isMissingNode()) {
      throw new IllegalStateException(reference + ": refers to nothing");
    }
    return found;
  }
}
