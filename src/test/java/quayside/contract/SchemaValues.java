package quayside.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.curiousoddman.rgxgen.RgxGen;
import java.math.BigInteger;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;
import net.jqwik.api.arbitraries.ListArbitrary;

/**
 * Any JSON that a schema allows, also with members that later versions add. Knows the keywords our
 * schemas use and refuses all others, so that none is overlooked.
 */
final class SchemaValues {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final Set<String> ANNOTATIONS =
      Set.of("$schema", "$id", "title", "description", "examples");
  private static final Set<String> KEYWORDS =
      Set.of(
          "type",
          "const",
          "enum",
          "pattern",
          "format",
          "minLength",
          "maxLength",
          "minimum",
          "maximum",
          "items",
          "uniqueItems",
          "properties",
          "required",
          "additionalProperties");
  private static final int LONGEST_LIST = 3;
  private static final int LONGEST_FREE_TEXT = 40;

  private SchemaValues() {}

  /** Any value that this schema allows. */
  static Arbitrary<JsonNode> of(JsonNode schema) {
    schema.fieldNames().forEachRemaining(SchemaValues::refuseUnknown);
    if (schema.has("const")) {
      return Arbitraries.just(schema.get("const"));
    } else if (schema.has("enum")) {
      return Arbitraries.of(list(schema.get("enum")));
    }
    List<Arbitrary<JsonNode>> perType =
        types(schema).stream().map(type -> ofType(type, schema)).toList();
    return Arbitraries.oneOf(perType);
  }

  /** The same without null. */
  static Arbitrary<JsonNode> notNull(JsonNode schema) {
    return of(schema).filter(value -> !value.isNull());
  }

  private static void refuseUnknown(String keyword) {
    if (!KEYWORDS.contains(keyword) && !ANNOTATIONS.contains(keyword)) {
      throw new IllegalArgumentException(keyword + ": no values are generated for this keyword");
    }
  }

  private static Arbitrary<JsonNode> ofType(String type, JsonNode schema) {
    return switch (type) {
      case "null" -> Arbitraries.just(JSON.nullNode());
      case "string" -> text(schema).map(JSON::textNode);
      case "integer" -> integer(schema);
      case "array" -> array(schema);
      case "object" -> object(schema);
      default -> throw new IllegalArgumentException("type: no values are generated for " + type);
    };
  }

  private static Arbitrary<JsonNode> integer(JsonNode schema) {
    return Arbitraries.bigIntegers()
        .between(
            limit(schema, "minimum", BigInteger.TEN.pow(30).negate()),
            limit(schema, "maximum", BigInteger.TEN.pow(30)))
        .map(JSON::numberNode);
  }

  private static BigInteger limit(JsonNode schema, String keyword, BigInteger otherwise) {
    return schema.has(keyword) ? schema.get(keyword).bigIntegerValue() : otherwise;
  }

  private static Arbitrary<String> text(JsonNode schema) {
    int shortest = schema.path("minLength").asInt(0);
    int longest = schema.path("maxLength").asInt(Math.max(shortest, LONGEST_FREE_TEXT));
    if (schema.has("pattern")) {
      RgxGen generator = RgxGen.parse(schema.get("pattern").asText());
      return Arbitraries.randomValue(generator::generate)
          .filter(text -> text.length() >= shortest)
          .filter(text -> !schema.has("maxLength") || text.length() <= longest);
    }
    return switch (schema.path("format").asText()) {
      case "" -> freeText(shortest, longest);
      case "date-time" -> time();
      case "uri" -> Arbitraries.strings().alpha().ofMinLength(1).map(path -> "https://a.b/" + path);
      default -> throw new IllegalArgumentException("format: no values for " + schema);
    };
  }

  /** Any Unicode text; lengths are of code points, as JSON Schema counts. */
  private static Arbitrary<String> freeText(int shortest, int longest) {
    return Arbitraries.integers()
        .between(0, Character.MAX_CODE_POINT)
        .filter(point -> point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE)
        .list()
        .ofMinSize(shortest)
        .ofMaxSize(longest)
        .map(points ->
            points.stream()
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString());
  }

  /** RFC 3339, from any clock and with any offset. */
  private static Arbitrary<String> time() {
    Arbitrary<Instant> instants =
        Arbitraries.longs()
            .between(0, Instant.parse("9999-12-30T00:00:00Z").getEpochSecond())
            .map(Instant::ofEpochSecond);
    Arbitrary<ZoneOffset> offsets =
        Arbitraries.integers()
            .between(-18 * 4, 18 * 4)
            .map(q -> ZoneOffset.ofTotalSeconds(q * 900));
    return Combinators.combine(instants, Arbitraries.integers().between(0, 999_999_999), offsets)
        .as((second, nanos, offset) ->
            OffsetDateTime.ofInstant(second.plusNanos(nanos), offset)
                .format(DateTimeFormatter.ISO_OFFSET_DATE_TIME));
  }

  private static Arbitrary<JsonNode> array(JsonNode schema) {
    ListArbitrary<JsonNode> items = of(schema.get("items")).list().ofMaxSize(LONGEST_LIST);
    if (schema.path("uniqueItems").asBoolean()) {
      items = items.uniqueElements();
    }
    return items.map(values -> new ArrayNode(JSON, values));
  }

  private static Arbitrary<JsonNode> object(JsonNode schema) {
    Set<String> required =
        Set.copyOf(list(schema.path("required")).stream().map(JsonNode::asText).toList());
    List<Arbitrary<Optional<Tuple2<String, JsonNode>>>> members = new ArrayList<>();
    for (Map.Entry<String, JsonNode> member : schema.path("properties").properties()) {
      members.add(
          of(member.getValue())
              .map(value -> Tuple.of(member.getKey(), value))
              .optional(required.contains(member.getKey()) ? 1 : 0.7));
    }
    return Combinators.combine(Combinators.combine(members).as(all -> all), more(schema))
        .as((known, more) -> {
          ObjectNode object = JSON.objectNode();
          more.forEach(object::set);
          known.forEach(member -> member.ifPresent(m -> object.set(m.get1(), m.get2())));
          return object;
        });
  }

  /** Members that the schema does not name: later versions have them, and maps only have those. */
  private static Arbitrary<Map<String, JsonNode>> more(JsonNode schema) {
    JsonNode values = schema.path("additionalProperties");
    if (values.isObject()) {
      return Arbitraries.maps(freeText(0, 10), of(values)).ofMaxSize(LONGEST_LIST);
    }
    return Arbitraries.maps(
            Arbitraries.of("addedLater", "addedMuchLater"),
            Arbitraries.of(JSON.nullNode(), JSON.numberNode(1), JSON.objectNode().put("a", "b"))
                .map(JsonNode.class::cast))
        .ofMaxSize(1);
  }

  private static List<String> types(JsonNode schema) {
    JsonNode type = schema.path("type");
    if (type.isMissingNode()) {
      throw new IllegalArgumentException("type: is missing in " + schema);
    }
    return type.isArray()
        ? list(type).stream().map(JsonNode::asText).toList()
        : List.of(type.asText());
  }

  private static List<JsonNode> list(JsonNode array) {
    List<JsonNode> items = new ArrayList<>();
    array.forEach(items::add);
    return items;
  }
}
