package quayside.grant.signature;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;

/** One rule of a PostObject policy. A form field without a rule is not checked by OSS. */
public sealed interface PolicyCondition {

  /** The field has exactly this value. */
  record Equal(String field, String value) implements PolicyCondition {}

  /** The field begins with this. */
  record StartsWith(String field, String prefix) implements PolicyCondition {}

  /** The field has one of these values. */
  record In(String field, List<String> values) implements PolicyCondition {
    public In {
      values = List.copyOf(values);
      if (values.isEmpty()) {
        throw new IllegalArgumentException("values of " + field + " must not be empty");
      }
    }
  }

  /** The file has from {@code min} to {@code max} bytes. */
  record LengthRange(long min, long max) implements PolicyCondition {
    public LengthRange {
      if (min < 0 || max < min) {
        throw new IllegalArgumentException("length range " + min + ".." + max + " must be ordered");
      }
    }
  }

  /** The condition as it stands in the policy document. */
  default ArrayNode toJson() {
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    switch (this) {
      case Equal(String field, String value) -> json.add("eq").add("$" + field).add(value);
      case StartsWith(String field, String prefix) ->
          json.add("starts-with").add("$" + field).add(prefix);
      case In(String field, List<String> values) -> {
        json.add("in").add("$" + field);
        values.forEach(json.addArray()::add);
      }
      case LengthRange(long min, long max) -> json.add("content-length-range").add(min).add(max);
    }
    return json;
  }
}
