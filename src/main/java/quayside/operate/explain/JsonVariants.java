package quayside.operate.explain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import quayside.operate.explain.BodyText.FormField;
import quayside.operate.explain.BodyText.JsonField;
import quayside.signature.Bytes;

/** What OSS may have sent when JSON arrived. Used by one thread. */
final class JsonVariants {
  private final String text;
  private final List<Change> around;
  private final List<List<String>> orders;
  private final Variants variants;

  JsonVariants(String text, List<Change> around, List<List<String>> orders, Variants variants) {
    this.text = text;
    this.around = around;
    this.orders = orders;
    this.variants = variants;
  }

  /** Adds them. */
  void add() {
    if (!around.isEmpty()) {
      variants.add(Bytes.utf8(text), around);
    }
    List<JsonField> fields = BodyText.json(text);
    repaired(text, "");
    completed(text, "");
    if (fields == null) {
      return;
    }
    for (JsonStyle style : JsonStyle.ALL) {
      String written = style.write(fields);
      add(Accident.JSON_RESERIALISED, written, "OSS sent the JSON " + style.user());
      retyped(fields, style);
    }
    asForm(fields);
    for (JsonStyle style : JsonStyle.ALL.subList(0, 4)) {
      repaired(style.write(fields), ", " + style.user());
      completed(style.write(fields), ", " + style.user());
    }
    reordered(fields);
  }

  private void retyped(List<JsonField> fields, JsonStyle style) {
    String how = " " + style.user();
    add(
        Accident.JSON_RETYPED,
        style.write(map(fields, JsonVariants::asText)),
        "OSS sent numbers as texts" + how);
    add(
        Accident.JSON_RETYPED,
        style.write(map(fields, JsonVariants::asNumber)),
        "OSS sent numbers bare" + how);
    add(
        Accident.JSON_RETYPED,
        style.write(map(fields, JsonVariants::asNull)),
        "OSS sent null for what is unset" + how);
    add(
        Accident.JSON_RETYPED,
        style.write(map(fields, JsonVariants::asEmpty)),
        "OSS sent \"\" for what is unset" + how);
  }

  // One sign between fields exchanged or left out: what a template with a slip of the pen gives.
  private void repaired(String json, String how) {
    boolean inText = false;
    for (int i = 0; i < json.length() && !variants.isFull(); i++) {
      char c = json.charAt(i);
      if (c == '\\' && inText) {
        i++;
      } else if (c == '"') {
        inText = !inText;
      } else if (!inText && (c == ':' || c == ',')) {
        String before = json.substring(0, i);
        String after = json.substring(i + 1);
        char other = c == ':' ? ',' : ':';
        add(
            Accident.JSON_REPAIRED,
            before + other + after,
            "OSS sent " + other + " for the " + c + " after " + tail(before) + how);
        add(
            Accident.JSON_REPAIRED,
            before + after,
            "OSS sent no " + c + " after " + tail(before) + how);
        add(
            Accident.JSON_REPAIRED,
            before + c + c + after,
            "OSS sent the " + c + " after " + tail(before) + " twice" + how);
      }
    }
  }

  // What a template gives whose variables are unset, or that ends too early.
  private void completed(String json, String how) {
    add(
        Accident.JSON_REPAIRED,
        json.replace(":null", ":"),
        "OSS sent nothing where null arrived" + how);
    add(
        Accident.JSON_REPAIRED,
        json.replace(": null", ": "),
        "OSS sent nothing where null arrived" + how);
    add(
        Accident.JSON_REPAIRED,
        json.replace(":\"\"", ":"),
        "OSS sent nothing where \"\" arrived" + how);
    if (json.endsWith("}")) {
      String open = json.substring(0, json.length() - 1);
      add(Accident.JSON_REPAIRED, open, "OSS sent no closing brace" + how);
      add(Accident.JSON_REPAIRED, open + ",}", "OSS sent a comma before the closing brace" + how);
    }
  }

  private static String tail(String text) {
    return text.substring(Math.max(0, text.length() - 16));
  }

  private void asForm(List<JsonField> fields) {
    List<FormField> form = new ArrayList<>();
    for (JsonField field : fields) {
      String value = field.value().isNull() ? "" : field.value().asText();
      form.add(new FormField(field.name(), field.value().toString(), value));
    }
    for (List<FormField> order : Orders.of(form, FormField::name, orders)) {
      String detail = "OSS sent a form with the fields " + FormVariants.names(order);
      for (Encoding encoding : Encoding.ALL.subList(0, 3)) {
        add(
            Accident.FORM_AS_JSON,
            FormVariants.write(order, f -> encoding.encode(f.value())),
            detail);
      }
      add(
          Accident.FORM_AS_JSON,
          FormVariants.write(order, FormField::raw),
          detail + ", values as JSON");
      add(
          Accident.FORM_AS_JSON,
          FormVariants.write(order, FormField::value),
          detail + ", unescaped");
    }
  }

  private void reordered(List<JsonField> fields) {
    for (List<JsonField> order : Orders.of(fields, JsonField::name, orders)) {
      String names = String.join(", ", order.stream().map(JsonField::name).toList());
      for (JsonStyle style : JsonStyle.ALL.subList(0, 4)) {
        String detail = "OSS sent the fields in the order " + names + ", " + style.user();
        add(Accident.JSON_REORDERED, style.write(order), detail);
        add(
            Accident.JSON_REORDERED,
            style.write(map(order, JsonVariants::asNumber)),
            detail + ", numbers bare");
      }
    }
  }

  private static List<JsonField> map(List<JsonField> fields, UnaryOperator<JsonNode> change) {
    return fields.stream().map(f -> new JsonField(f.name(), change.apply(f.value()))).toList();
  }

  private static JsonNode asText(JsonNode value) {
    return value.isNumber() ? JsonNodeFactory.instance.textNode(value.asText()) : value;
  }

  private static JsonNode asNumber(JsonNode value) {
    return value.isTextual() && !value.asText().isEmpty()
        ? FormVariants.typed(value.asText())
        : value;
  }

  private static JsonNode asNull(JsonNode value) {
    return value.isTextual() && value.asText().isEmpty()
        ? JsonNodeFactory.instance.nullNode()
        : value;
  }

  private static JsonNode asEmpty(JsonNode value) {
    return value.isNull() ? JsonNodeFactory.instance.textNode("") : value;
  }

  private void add(Accident accident, @Nullable String value, String detail) {
    List<Change> changes = new ArrayList<>(around);
    changes.add(new Change(accident, detail));
    variants.add(value == null ? null : Bytes.utf8(value), changes);
  }
}
