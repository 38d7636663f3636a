package quayside.operate.explain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import quayside.operate.explain.BodyText.FormField;
import quayside.operate.explain.BodyText.JsonField;
import quayside.signature.Bytes;

/** What OSS may have sent when a form arrived. Used by one thread. */
final class FormVariants {
  private final String text;
  private final List<Change> around;
  private final List<List<String>> orders;
  private final Variants variants;

  FormVariants(String text, List<Change> around, List<List<String>> orders, Variants variants) {
    this.text = text;
    this.around = around;
    this.orders = orders;
    this.variants = variants;
  }

  /** Adds them. */
  void add() {
    List<FormField> fields = BodyText.form(text);
    if (!around.isEmpty()) {
      variants.add(Bytes.utf8(text), around);
    }
    for (Encoding encoding : Encoding.ALL) {
      String who = ", escaped as by " + encoding.user();
      add(
          Accident.FORM_DECODED,
          write(fields, f -> encoding.encode(f.raw())),
          "OSS sent the values of the form" + who);
      add(
          Accident.FORM_REENCODED,
          write(fields, f -> encoding.encode(f.value())),
          "OSS sent the same form" + who);
    }
    add(Accident.FORM_REENCODED, write(fields, FormField::value), "OSS sent the values unescaped");
    asJson(fields);
    for (List<FormField> order : Orders.of(fields, FormField::name, orders)) {
      String names = "OSS sent the fields in the order " + names(order);
      add(Accident.FORM_REORDERED, write(order, FormField::raw), names);
      addBoth(write(order, f -> Encoding.ALL.getFirst().encode(f.value())), names);
      addBoth(write(order, f -> Encoding.ALL.get(2).encode(f.value())), names);
    }
  }

  private void asJson(List<FormField> fields) {
    List<JsonField> texts = new ArrayList<>();
    List<JsonField> numbers = new ArrayList<>();
    for (FormField field : fields) {
      texts.add(new JsonField(field.name(), JsonNodeFactory.instance.textNode(field.value())));
      numbers.add(new JsonField(field.name(), typed(field.value())));
    }
    for (JsonStyle style : JsonStyle.ALL) {
      String detail = "OSS sent JSON, " + style.user();
      add(Accident.JSON_AS_FORM, style.write(numbers), detail);
      add(Accident.JSON_AS_FORM, style.write(texts), detail);
    }
  }

  /** As OSS writes a variable in JSON: numbers bare, what is unset as null. */
  static JsonNode typed(String value) {
    if (value.isEmpty()) {
      return JsonNodeFactory.instance.nullNode();
    }
    return value.matches("0|[1-9]\\d{0,19}")
        ? JsonNodeFactory.instance.numberNode(new BigInteger(value))
        : JsonNodeFactory.instance.textNode(value);
  }

  static String names(List<FormField> fields) {
    return String.join(", ", fields.stream().map(FormField::name).toList());
  }

  static String write(List<FormField> fields, Function<FormField, String> value) {
    return String.join("&", fields.stream().map(f -> f.name() + "=" + value.apply(f)).toList());
  }

  private void addBoth(String value, String detail) {
    List<Change> changes = new ArrayList<>(around);
    changes.add(new Change(Accident.FORM_REORDERED, detail));
    changes.add(new Change(Accident.FORM_REENCODED, "OSS escaped the values otherwise"));
    variants.add(Bytes.utf8(value), changes);
  }

  private void add(Accident accident, String value, String detail) {
    List<Change> changes = new ArrayList<>(around);
    changes.add(new Change(accident, detail));
    variants.add(Bytes.utf8(value), changes);
  }
}
