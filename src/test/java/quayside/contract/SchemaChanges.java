package quayside.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import quayside.contract.Break.Rule;

/**
 * Compares a schema with one that was released, and finds what breaks a reader: an old one that
 * gets a new event, or a new one that gets an old event. Within v1 every constraint of a member
 * therefore stays as it is, in either direction; members and annotations may be added.
 *
 * <p>A walker of our own, because the checkers of schema registries answer another question. They
 * ask whether every document of one schema is a document of the other, which in an open content
 * model (ours: readers ignore unknown members) makes a removed member harmless and an added
 * optional one a break: the opposite of what a reader of the member sees. Apicurio's, tried with
 * 3.3.3, does just that, does not read draft 2020-12, and cannot be had as a library of its own.
 */
final class SchemaChanges {
  private static final Set<String> ANNOTATIONS =
      Set.of("title", "description", "examples", "$comment");
  private static final Set<String> EQUAL =
      Set.of("$schema", "$id", "const", "format", "pattern", "multipleOf", "uniqueItems");
  private static final Set<String> UPPER =
      Set.of("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties");
  private static final Set<String> LOWER =
      Set.of("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties");

  private final List<Break> breaks = new ArrayList<>();

  private SchemaChanges() {}

  /**
   * What breaks; empty when nothing does.
   *
   * @param where begins the place of each
   */
  static List<Break> between(String where, JsonNode released, JsonNode working) {
    SchemaChanges changes = new SchemaChanges();
    changes.keywords(where, released, working);
    return changes.breaks;
  }

  /**
   * The same of a schema inside another document; one that is a file of its own is compared as
   * such.
   */
  static List<Break> within(String where, JsonNode released, JsonNode working) {
    SchemaChanges changes = new SchemaChanges();
    changes.compare(where, released, working);
    return changes.breaks;
  }

  private void compare(String where, JsonNode old, JsonNode now) {
    if (!old.isObject() || !now.isObject()) {
      equal(where, Rule.CHANGED, old, now);
    } else if (old.has("$id") || now.has("$id")) {
      equal(where + "/$id", Rule.CHANGED, old.path("$id"), now.path("$id"));
    } else {
      keywords(where, old, now);
    }
  }

  private void keywords(String where, JsonNode old, JsonNode now) {
    Set<String> keywords = names(old);
    keywords.addAll(names(now));
    keywords.removeAll(ANNOTATIONS);
    for (String keyword : keywords) {
      keyword(where, keyword, old.path(keyword), now.path(keyword));
    }
    required(where, old, now);
  }

  private void keyword(String where, String keyword, JsonNode old, JsonNode now) {
    String path = where + "/" + keyword;
    switch (keyword) {
      case "required" -> {} // with all members in view
      case "properties" -> members(path, old, now);
      case "type" -> types(path, texts(old), texts(now));
      case "enum" -> values(path, texts(old), texts(now));
      case "items", "additionalProperties" -> compare(path, old, now);
      case "allOf" -> all(path, old, now);
      default -> constraint(path, keyword, old, now);
    }
  }

  private void constraint(String path, String keyword, JsonNode old, JsonNode now) {
    if (UPPER.contains(keyword) || LOWER.contains(keyword)) {
      limit(path, UPPER.contains(keyword) ? 1 : -1, old, now);
    } else {
      equal(path, EQUAL.contains(keyword) ? Rule.CHANGED : Rule.NOT_KNOWN, old, now);
    }
  }

  private void limit(String path, int direction, JsonNode old, JsonNode now) {
    if (old.isMissingNode() != now.isMissingNode()) {
      equal(path, old.isMissingNode() ? Rule.NARROWED : Rule.WIDENED, old, now);
    } else {
      int difference = now.decimalValue().compareTo(old.decimalValue()) * direction;
      equal(path, difference < 0 ? Rule.NARROWED : Rule.WIDENED, old, now);
    }
  }

  private void members(String path, JsonNode old, JsonNode now) {
    for (Map.Entry<String, JsonNode> member : old.properties()) {
      String where = path + "/" + member.getKey();
      if (now.has(member.getKey())) {
        compare(where, member.getValue(), now.get(member.getKey()));
      } else {
        breaks.add(new Break(where, Rule.REMOVED, "is gone"));
      }
    }
  }

  private void required(String where, JsonNode old, JsonNode now) {
    Set<String> before = texts(old.path("required"));
    Set<String> after = texts(now.path("required"));
    for (String member : after) {
      if (!before.contains(member)) {
        boolean known = old.path("properties").has(member);
        String path = where + "/properties/" + member;
        breaks.add(
            new Break(path, known ? Rule.NOW_REQUIRED : Rule.NEW_REQUIRED, "is required now"));
      }
    }
    for (String member : before) {
      boolean gone = old.path("properties").has(member) && !now.path("properties").has(member);
      if (!after.contains(member) && !gone) {
        String path = where + "/properties/" + member;
        breaks.add(new Break(path, Rule.NOW_OPTIONAL, "is not required any more"));
      }
    }
  }

  private void types(String path, Set<String> old, Set<String> now) {
    boolean was = old.remove("null");
    boolean is = now.remove("null");
    if (was != is) {
      breaks.add(
          is
              ? new Break(path, Rule.NULL_ADDED, "may be null now")
              : new Break(path, Rule.NULL_REMOVED, "may not be null any more"));
    }
    if (!old.equals(now)) {
      breaks.add(new Break(path, Rule.RETYPED, "was " + old + ", is " + now));
    }
  }

  private void values(String path, Set<String> old, Set<String> now) {
    if (!now.containsAll(old)) {
      breaks.add(new Break(path, Rule.NARROWED, "was " + old + ", is " + now));
    }
    if (!old.containsAll(now)) {
      breaks.add(new Break(path, Rule.WIDENED, "was " + old + ", is " + now));
    }
  }

  private void all(String path, JsonNode old, JsonNode now) {
    if (old.size() != now.size()) {
      equal(path, Rule.CHANGED, old, now);
    }
    for (int i = 0; i < Math.min(old.size(), now.size()); i++) {
      compare(path + "/" + i, old.get(i), now.get(i));
    }
  }

  private void equal(String path, Rule rule, JsonNode old, JsonNode now) {
    if (!old.equals(now)) {
      breaks.add(new Break(path, rule, "was " + shown(old) + ", is " + shown(now)));
    }
  }

  private static String shown(JsonNode node) {
    return node.isMissingNode() ? "absent" : node.toString();
  }

  private static Set<String> names(JsonNode object) {
    Set<String> names = new TreeSet<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static Set<String> texts(JsonNode node) {
    Set<String> texts = new TreeSet<>();
    if (node.isValueNode() && !node.isMissingNode()) {
      texts.add(node.asText());
    }
    node.forEach(value -> texts.add(value instanceof NullNode ? "null" : value.asText()));
    return texts;
  }
}
