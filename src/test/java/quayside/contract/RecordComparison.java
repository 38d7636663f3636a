package quayside.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Holds a record against the schema of its JSON, both ways and at any depth: members, types, ranges
 * of numbers, values of enums, what may be null, and what may be absent.
 */
final class RecordComparison {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final Map<Class<?>, Long> LARGEST =
      Map.of(
          int.class,
          (long) Integer.MAX_VALUE,
          Integer.class,
          (long) Integer.MAX_VALUE,
          long.class,
          Long.MAX_VALUE,
          Long.class,
          Long.MAX_VALUE);

  private final List<String> differences = new ArrayList<>();

  private RecordComparison() {}

  /** What differs, each with the path of the member; empty when nothing does. */
  static List<String> differences(JsonNode schema, Class<?> record) {
    RecordComparison comparison = new RecordComparison();
    comparison.members(record.getSimpleName(), schema, record);
    return comparison.differences;
  }

  private void members(String path, JsonNode schema, Class<?> record) {
    Map<String, RecordComponent> components =
        Arrays.stream(record.getRecordComponents())
            .collect(Collectors.toMap(RecordComponent::getName, component -> component));
    Set<String> all = new TreeSet<>(components.keySet());
    schema.path("properties").fieldNames().forEachRemaining(all::add);
    List<String> required = texts(schema.path("required"));
    for (String name : all) {
      String member = path + "." + name;
      JsonNode definition = schema.path("properties").path(name);
      RecordComponent component = components.get(name);
      if (definition.isMissingNode()) {
        differ(member, "the schema has no such member");
      } else if (component == null) {
        differ(member, "the record has no such member");
      } else {
        value(member, definition, component.getAnnotatedType());
        presence(member, definition, component, required.contains(name));
      }
    }
  }

  /** What is left out of the JSON cannot be required; what is always written should be. */
  private void presence(String path, JsonNode schema, RecordComponent component, boolean required) {
    boolean leftOut = inclusion(component) != JsonInclude.Include.ALWAYS;
    String text = schema.path("description").asText().toLowerCase(Locale.ROOT);
    if (required && leftOut) {
      differ(path, "the schema requires it, the record leaves it out when it is empty");
    } else if (!required && !leftOut && !text.contains("absent in events of earlier versions")) {
      differ(path, "the record always writes it, the schema does not require it");
    }
  }

  private static JsonInclude.Include inclusion(RecordComponent component) {
    JsonInclude own = component.getAccessor().getAnnotation(JsonInclude.class);
    JsonInclude ofRecord = component.getDeclaringRecord().getAnnotation(JsonInclude.class);
    return own != null
        ? own.value()
        : ofRecord != null ? ofRecord.value() : JsonInclude.Include.ALWAYS;
  }

  private void value(String path, JsonNode schema, AnnotatedType type) {
    boolean nullable = type.isAnnotationPresent(Nullable.class);
    List<String> types = new ArrayList<>(texts(schema.path("type")));
    if (types.remove("null") != nullable) {
      differ(path, nullable ? "the schema has no null" : "the record has no null");
    }
    Class<?> raw = rawType(type);
    String expected = jsonType(raw);
    if (raw.isEnum() && schema.has("enum")) {
      constants(path, schema, raw);
    } else if (!types.equals(List.of(expected))) {
      differ(path, "the schema says " + types + ", the record " + expected);
    } else {
      content(path, schema, type, raw);
    }
  }

  private void content(String path, JsonNode schema, AnnotatedType type, Class<?> raw) {
    if (LARGEST.containsKey(raw)) {
      range(path, schema, LARGEST.get(raw));
    } else if (raw == List.class) {
      value(path + "[]", schema.path("items"), argument(type, 0));
    } else if (raw == Map.class) {
      value(path + "{}", schema.path("additionalProperties"), argument(type, 1));
    } else if (raw.isRecord()) {
      members(path, schema, raw);
    }
  }

  /** A number that the schema allows and the record cannot hold would be a dead letter. */
  private void range(String path, JsonNode schema, long largest) {
    BigInteger limit = BigInteger.valueOf(largest);
    if (!schema.path("maximum").isIntegralNumber()
        || schema.path("maximum").bigIntegerValue().compareTo(limit) > 0) {
      differ(path, "the schema allows more than " + largest);
    }
    if (!schema.path("minimum").isIntegralNumber()
        || schema.path("minimum").bigIntegerValue().compareTo(limit.negate()) < 0) {
      differ(path, "the schema allows less than -" + largest);
    }
  }

  private void constants(String path, JsonNode schema, Class<?> type) {
    Set<String> values =
        Arrays.stream(Objects.requireNonNull(type.getEnumConstants()))
            .map(constant -> MAPPER.valueToTree(constant).asText())
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> allowed = new TreeSet<>(texts(schema.path("enum")));
    if (!values.equals(allowed)) {
      differ(path, "the schema says " + allowed + ", the record " + values);
    }
  }

  private static String jsonType(Class<?> type) {
    if (type == String.class || type.isEnum()) {
      return "string";
    } else if (LARGEST.containsKey(type)) {
      return "integer";
    } else if (type == boolean.class || type == Boolean.class) {
      return "boolean";
    } else if (type == List.class) {
      return "array";
    } else if (type == Map.class || type.isRecord()) {
      return "object";
    }
    throw new IllegalArgumentException(type + ": not a type that events are made of");
  }

  private static Class<?> rawType(AnnotatedType type) {
    return type instanceof AnnotatedParameterizedType generic
        ? (Class<?>) ((ParameterizedType) generic.getType()).getRawType()
        : (Class<?>) type.getType();
  }

  private static AnnotatedType argument(AnnotatedType type, int index) {
    return ((AnnotatedParameterizedType) type).getAnnotatedActualTypeArguments()[index];
  }

  private static List<String> texts(JsonNode node) {
    List<String> texts = new ArrayList<>();
    if (node.isTextual()) {
      texts.add(node.asText());
    }
    node.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  private void differ(String path, String how) {
    differences.add(path + ": " + how);
  }
}
