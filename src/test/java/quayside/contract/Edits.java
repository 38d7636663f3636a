package quayside.contract;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** One place of a JSON document made otherwise, as somebody might in a moment of haste. */
final class Edits {
  private static final JsonMapper MAPPER = new JsonMapper();

  private Edits() {}

  /**
   * A copy of a document with one place changed.
   *
   * @param pointer the place; ending in {@code /-} it is a new item of an array
   * @param value what is there then, JSON; empty when nothing is
   */
  static JsonNode of(JsonNode document, String pointer, String value) {
    JsonNode copy = document.deepCopy();
    JsonPointer place = JsonPointer.compile(pointer);
    JsonNode parent = copy.at(place.head());
    String last = place.last().getMatchingProperty();
    if (parent instanceof ArrayNode array && last.equals("-")) {
      array.add(json(value));
    } else if (parent instanceof ArrayNode array) {
      array.remove(Integer.parseInt(last));
    } else if (value.isEmpty()) {
      if (((ObjectNode) parent).remove(last) == null) {
        throw new IllegalArgumentException(pointer + ": there is nothing to remove");
      }
    } else {
      ((ObjectNode) parent).set(last, json(value));
    }
    return copy;
  }

  private static JsonNode json(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(text, e);
    }
  }
}
