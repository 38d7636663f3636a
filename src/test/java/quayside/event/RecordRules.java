package quayside.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Holds one record against {@code schemas/}: headers and value against their JSON Schemas, formats
 * asserted, and against each other and the key as its README says. Written from the documents, not
 * from the codec, so that both can be wrong only in different ways. For one record; schemas are
 * compiled once.
 */
final class RecordRules {
  private static final Pattern ATTRIBUTE = Pattern.compile("ce_[a-z0-9]{1,20}");
  private static final Set<String> OTHER_HEADERS =
      Set.of("content-type", "traceparent", "tracestate");
  private static final String STRUCTURED = "application/cloudevents+json";

  /** The one type that is deleted by a record without a value. */
  private static final String COMPACTED = "io.quayside.object.state.v1";

  private static final String TWICE = ": is there twice";

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
  private static final JsonSchema HEADERS = schema("event-headers.v1.schema.json");
  private static final Map<EventType, JsonSchema> SCHEMAS = schemas();

  private final String topic;
  private final @Nullable String key;
  private final Map<String, String> headers = new TreeMap<>();
  private final List<String> findings = new ArrayList<>();

  private RecordRules(String topic, @Nullable String key) {
    this.topic = topic;
    this.key = key;
  }

  /** What is wrong with a record; empty when nothing is. */
  static List<String> findings(
      String topic, @Nullable String key, Headers headers, byte @Nullable [] value) {
    RecordRules rules = new RecordRules(topic, key);
    rules.read(headers);
    EventType type = rules.type();
    if (type != null) {
      rules.checkAttributes(type);
      if (value == null) {
        rules.checkDeletion(type);
      } else {
        rules.checkValue(type, value);
      }
    }
    return rules.findings;
  }

  /**
   * The same of a copy, on a retry or dead letter topic. What it says is whoever's who published
   * the original; only a second value beside the first is the copyist's.
   */
  static List<String> findingsOfCopy(Headers headers) {
    RecordRules rules = new RecordRules("", null);
    rules.read(headers);
    return rules.findings.stream().filter(finding -> finding.endsWith(TWICE)).toList();
  }

  private void read(Headers all) {
    for (Header header : all) {
      String name = header.key();
      if (name.startsWith("ce_") || OTHER_HEADERS.contains(name)) {
        if (headers.put(name, decoded(header)) != null) {
          findings.add(name + TWICE);
        }
        if (name.startsWith("ce_") && !ATTRIBUTE.matcher(name).matches()) {
          findings.add(name + ": is no name of an attribute");
        }
      }
    }
  }

  private String decoded(Header header) {
    if (header.value() == null || header.value().length == 0) {
      findings.add(header.key() + ": is empty");
      return "";
    }
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(header.value())).toString();
    } catch (CharacterCodingException e) {
      findings.add(header.key() + ": is not UTF-8");
      return "";
    }
  }

  private @Nullable EventType type() {
    String ceType = headers.get("ce_type");
    EventType expected = ContractTopics.typeOf(topic).orElse(null);
    EventType type = ceType == null ? expected : EventType.ofCeType(ceType).orElse(null);
    if (ceType == null) {
      findings.add("ce_type: is missing");
    } else if (type == null) {
      findings.add("ce_type: " + ceType + " is not known");
    } else if (expected != null && expected != type) {
      findings.add("ce_type: " + ceType + " does not belong on this topic");
    }
    return type;
  }

  private void checkAttributes(EventType type) {
    validate(HEADERS, MAPPER.valueToTree(headers), "headers");
    String dataSchema = headers.get("ce_dataschema");
    if (!type.dataSchema().toString().equals(dataSchema)) {
      findings.add("ce_dataschema: " + dataSchema + " is not " + type.dataSchema());
    }
    if (!Objects.equals(key, headers.get("ce_partitionkey"))) {
      findings.add("key: " + key + " is not ce_partitionkey " + headers.get("ce_partitionkey"));
    }
  }

  private void checkDeletion(EventType type) {
    if (!type.ceType().equals(COMPACTED)) {
      findings.add("value: is null");
    }
    if (headers.containsKey("content-type")) {
      findings.add("content-type: is there without a value");
    }
    String[] path = key == null ? new String[0] : key.split("/", 2);
    if (path.length < 2 || !path[1].equals(headers.get("ce_subject"))) {
      findings.add("key: " + key + " does not end in ce_subject " + headers.get("ce_subject"));
    }
  }

  private void checkValue(EventType type, byte[] value) {
    String contentType = headers.get("content-type");
    if (contentType == null) {
      findings.add("content-type: is missing");
    }
    try {
      JsonNode json = MAPPER.readTree(value);
      if (STRUCTURED.equals(contentType)) {
        checkEnvelope(json);
        json = json.path("data");
      }
      validate(SCHEMAS.get(type), json, "value");
      checkObject(text(json, "bucket"), text(json, "key"));
    } catch (IOException e) {
      findings.add("value: is not JSON");
    }
  }

  // Each attribute is there twice, and must say the same.
  private void checkEnvelope(JsonNode envelope) {
    Map<String, String> attributes = new TreeMap<>();
    envelope.properties().stream()
        .filter(member -> !List.of("data", "datacontenttype").contains(member.getKey()))
        .forEach(member -> attributes.put("ce_" + member.getKey(), member.getValue().asText()));
    Map<String, String> ofHeaders = new TreeMap<>(headers);
    ofHeaders.keySet().removeIf(name -> !name.startsWith("ce_"));
    if (!attributes.equals(ofHeaders)) {
      findings.add("envelope: " + attributes + " is not what the headers say");
    }
  }

  private void checkObject(@Nullable String bucket, @Nullable String object) {
    String path = bucket == null || object == null ? null : bucket + "/" + object;
    if (!Objects.equals(path, key)) {
      findings.add("key: " + key + " is not the object of the value, " + path);
    }
    if (!Objects.equals(object, headers.get("ce_subject"))) {
      findings.add("ce_subject: " + headers.get("ce_subject") + " is not the key " + object);
    }
    String source = headers.getOrDefault("ce_source", "");
    if (!source.endsWith(":" + Objects.requireNonNullElse(bucket, "-"))) {
      findings.add("ce_source: " + source + " does not name the bucket " + bucket);
    }
  }

  private static @Nullable String text(JsonNode json, String member) {
    return json.path(member).isTextual() ? json.path(member).asText() : null;
  }

  private void validate(JsonSchema schema, JsonNode json, String what) {
    schema.validate(json).forEach(message -> findings.add(what + message));
  }

  private static Map<EventType, JsonSchema> schemas() {
    Map<EventType, JsonSchema> schemas = new EnumMap<>(EventType.class);
    Arrays.stream(EventType.values()).forEach(type -> schemas.put(type, schema(type.schemaFile())));
    return schemas;
  }

  private static JsonSchema schema(String file) {
    try {
      return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
          .getSchema(
              Files.readString(Path.of("schemas", file)),
              SchemaValidatorsConfig.builder()
                  .formatAssertionsEnabled(true)
                  .pathType(PathType.JSON_POINTER)
                  .build());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
