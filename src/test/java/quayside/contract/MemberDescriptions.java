package quayside.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * What readers of a schema are owed of each member: a sentence, the type, an example, the unit of a
 * number, and when it is null or absent.
 */
final class MemberDescriptions {
  private static final Pattern UNIT = Pattern.compile("\\b(bytes|pixels|microseconds)\\b");

  private final List<String> lacking = new ArrayList<>();

  private MemberDescriptions() {}

  /** What is lacking, member by member, at any depth; empty when nothing is. */
  static List<String> lacking(JsonNode schema) {
    MemberDescriptions descriptions = new MemberDescriptions();
    descriptions.members("", schema);
    return descriptions.lacking;
  }

  private void members(String path, JsonNode schema) {
    List<String> required =
        StreamSupport.stream(schema.path("required").spliterator(), false)
            .map(JsonNode::asText)
            .toList();
    for (Map.Entry<String, JsonNode> member : schema.path("properties").properties()) {
      String name = path + "/" + member.getKey();
      member(name, member.getValue(), required.contains(member.getKey()));
      members(name, member.getValue());
      members(name + "/items", member.getValue().path("items"));
    }
  }

  private void member(String name, JsonNode schema, boolean required) {
    String text = schema.path("description").asText().toLowerCase(Locale.ROOT);
    List<String> types = types(schema);
    demand(!text.isBlank(), name, "a description");
    demand(!types.isEmpty() || schema.has("enum"), name, "a type");
    demand(!types.contains("null") || text.contains("null"), name, "when it is null");
    demand(required || text.contains("absent"), name, "when it is absent");
    demand(!types.contains("integer") || UNIT.matcher(text).find(), name, "a unit");
    demand(!schema.path("examples").isEmpty(), name, "an example");
    for (JsonNode example : schema.path("examples")) {
      demand(SchemaFiles.failures(schema, example).isEmpty(), name, "a valid example: " + example);
    }
  }

  private void demand(boolean fulfilled, String name, String what) {
    if (!fulfilled) {
      lacking.add(name + " lacks " + what);
    }
  }

  private static List<String> types(JsonNode schema) {
    JsonNode type = schema.path("type");
    return type.isArray()
        ? StreamSupport.stream(type.spliterator(), false).map(JsonNode::asText).toList()
        : type.isMissingNode() ? List.of() : List.of(type.asText());
  }
}
