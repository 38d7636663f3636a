package quayside.operate.explain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import quayside.signature.Bytes;
import quayside.signature.PercentCoding;

/** A body taken apart into its fields, in their order. Stateless. */
final class BodyText {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder(
              new com.fasterxml.jackson.core.JsonFactoryBuilder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(20).build())
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
          .build();

  private BodyText() {}

  /** A field of a JSON object. */
  record JsonField(String name, JsonNode value) {}

  /**
   * A field of a form.
   *
   * @param name decoded
   * @param raw the value as it stands there
   * @param value decoded; as it stands there when it cannot be decoded
   */
  record FormField(String name, String raw, String value) {}

  /** The fields of a JSON object, or null when the text is none. */
  static @Nullable List<JsonField> json(String text) {
    try {
      if (!(MAPPER.readTree(text) instanceof ObjectNode object)) {
        return null;
      }
      List<JsonField> fields = new ArrayList<>();
      for (Map.Entry<String, JsonNode> field : object.properties()) {
        fields.add(new JsonField(field.getKey(), field.getValue()));
      }
      return fields;
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  /** The fields of a form. */
  static List<FormField> form(String text) {
    List<FormField> fields = new ArrayList<>();
    for (String field : text.split("&", -1)) {
      int equals = field.indexOf('=');
      String raw = equals < 0 ? "" : field.substring(equals + 1);
      String name = decoded(equals < 0 ? field : field.substring(0, equals));
      fields.add(new FormField(name, raw, decoded(raw)));
    }
    return fields;
  }

  /** The names of the fields of a body, in their order. */
  static List<String> names(Bytes body) {
    String text = PercentCoding.strictUtf8(body.toArray());
    if (text == null) {
      return List.of();
    }
    List<JsonField> json = json(text);
    return json == null
        ? form(text).stream().map(FormField::name).toList()
        : json.stream().map(JsonField::name).toList();
  }

  private static String decoded(String text) {
    String decoded = PercentCoding.formDecode(text);
    return decoded == null ? text : decoded;
  }
}
