package quayside.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Holds one record against {@code schemas/}: headers and key against the tables of its README, the
 * value against the JSON Schema, formats asserted. Written from the documents, not from the codec,
 * so that both can be wrong only in different ways. For one record; schemas are compiled once.
 */
final class RecordRules {
  private static final Pattern ATTRIBUTE = Pattern.compile("ce_[a-z0-9]{1,20}");
  private static final Pattern SOURCE = Pattern.compile("acs:oss:[^:]+:(-|[0-9]{1,20}):([^:]+)");
  private static final Pattern SEQUENCE = Pattern.compile("0|[1-9][0-9]{0,18}");
  private static final Pattern TRACE = Pattern.compile("00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");
  private static final List<String> PATHS =
      List.of("callback", "journal", "reconcile", "redrive", "catalog");
  private static final String STRUCTURED = "application/cloudevents+json";
  private static final List<String> CONTENT_TYPES = List.of("application/json", STRUCTURED);

  /** The one type that is deleted by a record without a value. */
  private static final String COMPACTED = "io.quayside.object.state.v1";

  private static final String TWICE = ": is there twice";

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
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
      if (name.startsWith("ce_") || name.equals("content-type") || name.equals("traceparent")) {
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
    require("ce_id");
    expect("ce_specversion", "1.0");
    expect("ce_dataschema", type.dataSchema().toString());
    match("ce_source", SOURCE);
    match("ce_sequence", SEQUENCE);
    time("ce_time");
    time("ce_recordedtime");
    String path = require("ce_ingestpath");
    if (path != null && !PATHS.contains(path)) {
      findings.add("ce_ingestpath: " + path + " is not known");
    }
    if (headers.containsKey("traceparent")) {
      match("traceparent", TRACE);
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
    String contentType = require("content-type");
    if (contentType != null && !CONTENT_TYPES.contains(contentType)) {
      findings.add("content-type: " + contentType + " is not known");
    }
    try {
      JsonNode json = MAPPER.readTree(value);
      if (STRUCTURED.equals(contentType)) {
        checkEnvelope(json);
        json = json.path("data");
      }
      SCHEMAS.get(type).validate(json).forEach(message -> findings.add("value: " + message));
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

  private @Nullable String require(String name) {
    String value = headers.get(name);
    if (value == null) {
      findings.add(name + ": is missing");
    }
    return value;
  }

  private void expect(String name, String expected) {
    String value = require(name);
    if (value != null && !value.equals(expected)) {
      findings.add(name + ": " + value + " is not " + expected);
    }
  }

  private void match(String name, Pattern pattern) {
    String value = require(name);
    if (value != null && !pattern.matcher(value).matches()) {
      findings.add(name + ": " + value + " does not match " + pattern);
    }
  }

  private void time(String name) {
    String value = require(name);
    try {
      Instant.parse(Objects.requireNonNullElse(value, "1970-01-01T00:00:00Z"));
    } catch (DateTimeException e) {
      findings.add(name + ": " + value + " is not a time");
    }
  }

  private static Map<EventType, JsonSchema> schemas() {
    JsonSchemaFactory factory = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
    SchemaValidatorsConfig formats =
        SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
    Map<EventType, JsonSchema> schemas = new EnumMap<>(EventType.class);
    Arrays.stream(EventType.values())
        .forEach(type -> schemas.put(type, factory.getSchema(text(type), formats)));
    return schemas;
  }

  private static String text(EventType type) {
    try {
      return Files.readString(Path.of("schemas", type.schemaFile()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
