package quayside.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.arbitraries.ListArbitrary;
import org.jspecify.annotations.Nullable;

/**
 * Records of every shape: what Java says can be null is null now and then, lists and maps are empty
 * or not. Only single texts and numbers are taken from the schema.
 */
final class RecordValues {
  private RecordValues() {}

  /** Any record of this class, whose JSON is described by a schema. */
  static Arbitrary<Object> of(Class<?> record, JsonNode schema) {
    RecordComponent[] components = record.getRecordComponents();
    List<Arbitrary<Object>> values =
        Arrays.stream(components)
            .map(c -> value(c.getAnnotatedType(), schema.path("properties").path(c.getName())))
            .toList();
    return Combinators.combine(values).as(all -> construct(record, components, all));
  }

  private static Arbitrary<Object> value(AnnotatedType type, JsonNode schema) {
    Arbitrary<Object> present = present(type, schema);
    return type.isAnnotationPresent(Nullable.class) ? present.injectNull(0.3) : present;
  }

  private static Arbitrary<Object> present(AnnotatedType type, JsonNode schema) {
    if (type instanceof AnnotatedParameterizedType generic) {
      AnnotatedType[] arguments = generic.getAnnotatedActualTypeArguments();
      return arguments.length == 1 ? list(arguments[0], schema) : map(arguments[1], schema);
    }
    Class<?> plain = (Class<?>) type.getType();
    if (plain.isRecord()) {
      return of(plain, schema);
    } else if (plain.isEnum()) {
      return Arbitraries.of(Objects.requireNonNull(plain.getEnumConstants())).map(c -> c);
    }
    return SchemaValues.notNull(schema).map(value -> leaf(plain, value));
  }

  private static Arbitrary<Object> list(AnnotatedType item, JsonNode schema) {
    ListArbitrary<Object> items = value(item, schema.path("items")).list().ofMaxSize(3);
    return (schema.path("uniqueItems").asBoolean() ? items.uniqueElements() : items).map(l -> l);
  }

  private static Arbitrary<Object> map(AnnotatedType value, JsonNode schema) {
    Arbitrary<String> names = Arbitraries.strings().ofMaxLength(8).alpha();
    return Arbitraries.maps(names, value(value, schema.path("additionalProperties")))
        .ofMaxSize(3)
        .map(LinkedHashMap::new);
  }

  private static Object leaf(Class<?> type, JsonNode value) {
    if (type == String.class) {
      return value.asText();
    } else if (type == int.class || type == Integer.class) {
      return value.intValue();
    }
    return value.longValue();
  }

  private static Object construct(
      Class<?> record, RecordComponent[] components, List<Object> values) {
    try {
      Class<?>[] types =
          Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
      Constructor<?> constructor = record.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(new ArrayList<>(values).toArray());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(record + " cannot be made of " + values, e);
    }
  }
}
