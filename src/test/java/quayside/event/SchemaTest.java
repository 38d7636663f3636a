package quayside.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code schemas/} is the source of truth: the records, their JSON and the examples are held
 * against it.
 */
class SchemaTest {
  private static final Path SCHEMAS = Path.of("schemas");
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final JsonSchemaFactory FACTORY =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
  private static final ObjectUploaded.Verification VERIFICATION =
      new ObjectUploaded.Verification(VerificationLevel.SIGNATURE, null, null);
  private static final ObjectUploaded NOTHING_KNOWN =
      new ObjectUploaded(
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          Map.of(),
          Map.of(),
          VERIFICATION);

  static Stream<Path> schemaFiles() {
    return list(SCHEMAS, ".schema.json");
  }

  static Stream<Path> validExamples() {
    return Arrays.stream(EventType.values())
        .flatMap(type -> list(examples(type).resolve("valid"), ".json"));
  }

  static Stream<Path> invalidExamples() {
    return Arrays.stream(EventType.values())
        .flatMap(type -> list(examples(type).resolve("invalid"), ".json"));
  }

  @ParameterizedTest
  @MethodSource("schemaFiles")
  void schema_isItselfValid(Path file) {
    JsonSchema metaSchema =
        FACTORY.getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));

    assertThat(metaSchema.validate(json(file))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void schema_hasTheIdThatEventsName(EventType type) {
    assertThat(json(SCHEMAS.resolve(type.schemaFile())).get("$id").asText())
        .isEqualTo(type.dataSchema().toString());
  }

  /** A member without a sentence is a member everybody understands differently. */
  @ParameterizedTest
  @MethodSource("schemaFiles")
  void everyMember_hasDescriptionTypeAndValidExample(Path file) {
    List<String> lacking = new ArrayList<>();
    collectLacking("", json(file), lacking);

    assertThat(lacking).isEmpty();
  }

  /** Later minor versions add members; a reader that validates must let them pass. */
  @ParameterizedTest
  @MethodSource("schemaFiles")
  void schema_allowsMembersOfLaterVersions(Path file) {
    assertThat(json(file).findValues("additionalProperties"))
        .noneMatch(value -> value.isBoolean() && !value.asBoolean());
  }

  @Test
  void schemaAndRecord_haveTheSameMembers() {
    List<String> differences = new ArrayList<>();
    compare(
        "ObjectUploaded", json(EventType.OBJECT_UPLOADED_V1), ObjectUploaded.class, differences);
    compare(
        "ObjectThumbnailed",
        json(EventType.OBJECT_THUMBNAILED_V1),
        ObjectThumbnailed.class,
        differences);
    compare("ObjectDeleted", json(EventType.OBJECT_DELETED_V1), ObjectDeleted.class, differences);
    compare("ObjectState", json(EventType.OBJECT_STATE_V1), ObjectState.class, differences);

    assertThat(differences).isEmpty();
  }

  @Test
  void fullRecord_isValid() {
    ObjectUploaded uploaded =
        new ObjectUploaded(
            "uploads",
            "照片.jpg",
            "5D41402ABC4B2A76B9719D911017C592-2",
            Long.MAX_VALUE,
            "18446744073709551615",
            "XUFAKrxLKna5cZ2REBfFkg==",
            "image/jpeg",
            new ObjectUploaded.Image(1, 2, "jpg"),
            "PutObject",
            "5CF3E7821AB22D0FDB86704D",
            "1",
            "2",
            "198.51.100.7",
            "vpc",
            Map.of("x:a", ""),
            Map.of("b", "c"),
            new ObjectUploaded.Verification(
                VerificationLevel.CONFIRMED,
                "https://gosspublic.alicdn.com/callback_pub_key_v1.pem",
                "1.0"));
    ObjectThumbnailed thumbnailed =
        new ObjectThumbnailed(
            "uploads",
            "照片.jpg",
            "5D41402ABC4B2A76B9719D911017C592",
            1,
            2,
            "jpeg",
            List.of(
                new ObjectThumbnailed.Thumbnail(
                    "small", "uploads", "t/x.webp", "image/webp", 1, 1, 0)));

    assertThat(
            messages(
                EventType.OBJECT_UPLOADED_V1,
                written(EventCodec.objectUploaded(), EventType.OBJECT_UPLOADED_V1, uploaded)))
        .isEmpty();
    assertThat(
            messages(
                EventType.OBJECT_THUMBNAILED_V1,
                written(
                    EventCodec.objectThumbnailed(), EventType.OBJECT_THUMBNAILED_V1, thumbnailed)))
        .isEmpty();
  }

  @Test
  void recordThatKnowsNothing_isValid() {
    ObjectThumbnailed thumbnailed =
        new ObjectThumbnailed("uploads", "a", null, 1, 1, "png", List.of());

    assertThat(
            messages(
                EventType.OBJECT_UPLOADED_V1,
                written(EventCodec.objectUploaded(), EventType.OBJECT_UPLOADED_V1, NOTHING_KNOWN)))
        .isEmpty();
    assertThat(
            messages(
                EventType.OBJECT_THUMBNAILED_V1,
                written(
                    EventCodec.objectThumbnailed(), EventType.OBJECT_THUMBNAILED_V1, thumbnailed)))
        .isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void everyLevel_isInTheSchema(VerificationLevel level) {
    ObjectUploaded data = withLevel(level);

    assertThat(
            messages(
                EventType.OBJECT_UPLOADED_V1,
                written(EventCodec.objectUploaded(), EventType.OBJECT_UPLOADED_V1, data)))
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("validExamples")
  void validExample_isValidAndReadable(Path file) throws InvalidEventException, IOException {
    EventType type = typeOf(file);

    assertThat(messages(type, json(file))).isEmpty();
    Object data = read(type, Files.readAllBytes(file));
    assertThat(data).isNotNull();
  }

  /**
   * What is written after reading is the example again, but for members the reader does not know.
   */
  @ParameterizedTest
  @MethodSource("validExamples")
  void validExample_survivesReadingAndWriting(Path file) throws InvalidEventException, IOException {
    EventType type = typeOf(file);
    ObjectNode expected = (ObjectNode) json(file);
    expected.remove("addedLater");

    assertThat(MAPPER.valueToTree(read(type, Files.readAllBytes(file))).toString())
        .isEqualTo(expected.toString());
  }

  /**
   * The file name says member and keyword: {@code size.minimum.json} breaks the minimum of size,
   * nothing else.
   */
  @ParameterizedTest
  @MethodSource("invalidExamples")
  void invalidExample_failsAsNamed(Path file) {
    String name = file.getFileName().toString().replace(".json", "");

    List<String> failures =
        messages(typeOf(file), json(file)).stream().map(SchemaTest::nameOf).toList();

    assertThat(failures).containsExactly(name);
  }

  private static String nameOf(ValidationMessage message) {
    String path = message.getInstanceLocation().toString();
    String member = message.getType().equals("required") ? "/" + message.getProperty() : "";
    return (path + member).substring(1).replace('/', '.') + "." + message.getType();
  }

  private static void collectLacking(String path, JsonNode schema, List<String> lacking) {
    for (Map.Entry<String, JsonNode> member : schema.path("properties").properties()) {
      String name = path + "/" + member.getKey();
      JsonNode definition = member.getValue();
      if (definition.path("description").asText().isBlank()) {
        lacking.add(name + " has no description");
      }
      if (!definition.has("type") && !definition.has("enum")) {
        lacking.add(name + " has no type");
      }
      JsonSchema alone = FACTORY.getSchema(definition);
      if (definition.path("examples").isEmpty()) {
        lacking.add(name + " has no example");
      }
      definition
          .path("examples")
          .forEach(example -> alone.validate(example).forEach(m -> lacking.add(name + m)));
      collectLacking(name, definition, lacking);
      collectLacking(name, definition.path("items"), lacking);
    }
  }

  private static void compare(
      String path, JsonNode schema, Class<?> type, List<String> differences) {
    Map<String, RecordComponent> components =
        Arrays.stream(type.getRecordComponents())
            .collect(Collectors.toMap(RecordComponent::getName, c -> c));
    Set<String> members = new TreeSet<>();
    schema.get("properties").fieldNames().forEachRemaining(members::add);
    if (!members.equals(new TreeSet<>(components.keySet()))) {
      differences.add(path + ": schema " + members + ", record " + components.keySet());
      return;
    }
    components.forEach((name, component) -> {
      JsonNode member = schema.get("properties").get(name);
      if (component.getType().isRecord()) {
        compare(path + "." + name, member, component.getType(), differences);
      } else if (component.getType() == List.class) {
        Class<?> item =
            (Class<?>) ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0];
        if (item.isRecord()) {
          compare(path + "." + name, member.get("items"), item, differences);
        }
      }
    });
  }

  private static ObjectUploaded withLevel(VerificationLevel level) {
    return new ObjectUploaded(
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        Map.of(),
        Map.of(),
        new ObjectUploaded.Verification(level, null, null));
  }

  private static <T> JsonNode written(EventCodec<T> codec, EventType type, T data) {
    try {
      return MAPPER.readTree(codec.value(event(type, data)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static <T> CloudEvent<T> event(EventType type, T data) {
    return new CloudEvent<>(
        "id",
        "acs:oss:-:-:-",
        type,
        null,
        Instant.EPOCH,
        Instant.EPOCH,
        null,
        0,
        IngestPath.CALLBACK,
        null,
        data);
  }

  private static Object read(EventType type, byte[] value) throws InvalidEventException {
    return switch (type) {
      case OBJECT_UPLOADED_V1 ->
          read(EventCodec.objectUploaded(), event(type, NOTHING_KNOWN), value);
      case OBJECT_THUMBNAILED_V1 ->
          read(
              EventCodec.objectThumbnailed(),
              event(type, new ObjectThumbnailed("uploads", "a", null, 1, 1, "png", List.of())),
              value);
      case OBJECT_DELETED_V1 ->
          read(
              EventCodec.objectDeleted(),
              event(type, ObjectDeleted.notFound("uploads", "a", Instant.EPOCH)),
              value);
      case OBJECT_STATE_V1 ->
          read(
              EventCodec.objectState(),
              event(type, ObjectState.withoutUpload("uploads", "a", null)),
              value);
    };
  }

  private static <T> T read(EventCodec<T> codec, CloudEvent<T> headersOf, byte[] value)
      throws InvalidEventException {
    return codec.read(codec.headers(headersOf)::get, value).data();
  }

  private static Set<ValidationMessage> messages(EventType type, JsonNode data) {
    SchemaValidatorsConfig config =
        SchemaValidatorsConfig.builder()
            .formatAssertionsEnabled(true)
            .pathType(PathType.JSON_POINTER)
            .build();
    return FACTORY.getSchema(json(type), config).validate(data);
  }

  private static EventType typeOf(Path example) {
    String folder = example.getParent().getParent().getFileName().toString();
    return Arrays.stream(EventType.values())
        .filter(type -> type.schemaFile().startsWith(folder))
        .findFirst()
        .orElseThrow();
  }

  private static Path examples(EventType type) {
    return SCHEMAS.resolve("examples").resolve(type.schemaFile().replace(".schema.json", ""));
  }

  private static JsonNode json(EventType type) {
    return json(SCHEMAS.resolve(type.schemaFile()));
  }

  private static JsonNode json(Path file) {
    try {
      return MAPPER.readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Path> list(Path folder, String ending) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
