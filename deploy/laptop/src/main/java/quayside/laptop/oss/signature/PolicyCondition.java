package quayside.laptop.oss.signature;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import quayside.laptop.oss.http.OssException;

/** One condition of a {@link PostPolicy}. */
sealed interface PolicyCondition {

  /**
   * Refuses a form that does not meet the condition.
   *
   * @param form field values by lower-case name
   * @throws OssException {@code AccessDenied} naming the condition
   */
  void require(Map<String, String> form);

  /** A condition on one field's value. */
  record OnField(Operator operator, String field, List<String> values) implements PolicyCondition {
    @Override
    public void require(Map<String, String> form) {
      String given = form.getOrDefault(field, "");
      boolean holds =
          switch (operator) {
            case EQ -> given.equals(values.getFirst());
            case STARTS_WITH -> given.startsWith(values.getFirst());
            case IN -> values.contains(given);
            case NOT_IN -> !values.contains(given);
          };
      if (!holds) {
        throw OssException.accessDenied(
            "Invalid according to Policy: Policy Condition failed: [\"%s\", \"$%s\", %s]"
                .formatted(operator.text, field, quoted()));
      }
    }

    private String quoted() {
      return "\"" + String.join("\", \"", values) + "\"";
    }
  }

  /** {@code content-length-range}; checked against the file, see {@link VerifiedPolicy}. */
  record LengthRange(long minBytes, long maxBytes) implements PolicyCondition {
    @Override
    public void require(Map<String, String> form) {
      // The length is known only after the file has been received.
    }
  }

  /** How a field is compared. */
  enum Operator {
    EQ("eq"),
    STARTS_WITH("starts-with"),
    IN("in"),
    NOT_IN("not-in");

    private final String text;

    Operator(String text) {
      this.text = text;
    }

    static Operator of(String text) {
      for (Operator operator : values()) {
        if (operator.text.equals(text)) {
          return operator;
        }
      }
      throw PostPolicy.invalid("unknown condition operator " + text + ".");
    }
  }

  /** Reads {@code {"field":"value"}} (any number of fields) or {@code ["operator", ...]}. */
  static List<PolicyCondition> parse(JsonNode node) {
    if (node.isObject()) {
      var exact = new ArrayList<PolicyCondition>();
      node.properties()
          .forEach(p ->
              exact.add(new OnField(Operator.EQ, lower(p.getKey()), List.of(text(p.getValue())))));
      return exact;
    }
    if (!node.isArray() || node.size() != 3) {
      throw PostPolicy.invalid("a condition must be an object or a list of three.");
    }
    if (node.get(0).asText().equals("content-length-range")) {
      return List.of(lengthRange(node.get(1), node.get(2)));
    }
    return List.of(onField(node));
  }

  private static PolicyCondition lengthRange(JsonNode min, JsonNode max) {
    if (!min.canConvertToLong()
        || !max.canConvertToLong()
        || min.asLong() < 0
        || min.asLong() > max.asLong()) {
      throw PostPolicy.invalid("content-length-range needs two numbers, the lower first.");
    }
    return new LengthRange(min.asLong(), max.asLong());
  }

  private static PolicyCondition onField(JsonNode node) {
    Operator operator = Operator.of(node.get(0).asText());
    String field = node.get(1).asText();
    if (!field.startsWith("$")) {
      throw PostPolicy.invalid("a condition's field must begin with $.");
    }
    var values = new ArrayList<String>();
    if (operator == Operator.IN || operator == Operator.NOT_IN) {
      if (!node.get(2).isArray()) {
        throw PostPolicy.invalid(operator.text + " needs a list of values.");
      }
      node.get(2).forEach(value -> values.add(text(value)));
    } else {
      values.add(text(node.get(2)));
    }
    return new OnField(operator, lower(field.substring(1)), values);
  }

  private static String text(JsonNode value) {
    if (!value.isValueNode() || value.isNull()) {
      throw PostPolicy.invalid("a condition's value must be text.");
    }
    return value.asText();
  }

  private static String lower(String field) {
    return field.toLowerCase(Locale.ROOT);
  }
}
