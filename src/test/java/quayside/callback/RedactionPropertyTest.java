package quayside.callback;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import quayside.event.CloudEvent;
import quayside.event.EventCodec;
import quayside.event.EventOracle;
import quayside.event.EventRecord;
import quayside.event.InvalidEventException;
import quayside.event.ObjectUploaded;
import quayside.event.TestWriters;
import quayside.signature.Bytes;

/**
 * For any body: what is dropped is nowhere in the record, neither in headers nor in the value,
 * unless it is part of the names of bucket or object. Nested JSON is one field, under the name that
 * it has; the members that OSS fills in (ETag, type and so on) are what they are.
 */
class RedactionPropertyTest {
  private static final String REQUESTER = "1050784833268047";
  private static final Set<String> ADDRESSES = Set.of("clientIp", "client_ip", "vpcId", "vpc_id");
  private static final Set<String> NAMES = Set.of("x:user", "user", "album");
  private static final Set<String> DISTINCTIVE = Set.of("alice@example.com", "旧金山 in May");
  private static final List<String> VALUES =
      List.of(
          "203.0.113.77",
          "2001:db8::7:77",
          "vpc-8842117",
          "alice@example.com",
          "旧金山 in May",
          REQUESTER,
          "",
          "7",
          "${clientIp}",
          "\"203.0.113.77\"");
  private static final String[] CONFIGURATION = {
    "quayside.callback.redact.client-ip", "drop",
    "quayside.callback.redact.vpc-id", "drop",
    "quayside.callback.redact.requester", "drop",
    "quayside.callback.redact.variables.\"x:user\"", "drop",
    "quayside.callback.redact.variables.\"user\"", "drop",
    "quayside.callback.redact.fields.\"album\"", "drop",
    "quayside.callback.variables", "us*,client*"
  };

  private final JsonMapper json = new JsonMapper();
  private final BodyParser parser = new BodyParser();
  private final TestIntake binary = new TestIntake(TestWriters.signed("binary"), CONFIGURATION);
  private final TestIntake structured =
      new TestIntake(TestWriters.signed("structured"), CONFIGURATION);

  /** A field and how its body spells it. */
  record Field(String name, String value) {}

  @Provide
  Arbitrary<List<Field>> fields() {
    Arbitrary<String> addressed =
        Arbitraries.of("clientIp", "client_ip", "vpcId", "note", "x:from", "object", "bucket");
    Arbitrary<Field> anywhere =
        Combinators.combine(addressed, texts(List.of("203.0.113.77", "vpc-8842117", REQUESTER)))
            .as(Field::new);
    Arbitrary<Field> named =
        Combinators.combine(
                Arbitraries.of("x:user", "user", "album", "clientIp", "_raw", "x:user#2"),
                Arbitraries.of(VALUES))
            .as(Field::new);
    Arbitrary<Field> asName =
        texts(List.of("203.0.113.77", "vpc-8842117")).map(name -> new Field(name, "seen"));
    return Arbitraries.oneOf(anywhere, named, asName).list().ofMinSize(1).ofMaxSize(8);
  }

  private static Arbitrary<String> texts(List<String> secrets) {
    return Combinators.combine(
            Arbitraries.of("", "", "", "by ", "{\"a\":\"", "7"),
            Arbitraries.of(secrets),
            Arbitraries.of("", "", "", "/a.jpg", "\"}", "203.0.113.77"))
        .as((before, secret, after) -> before + secret + after);
  }

  @Provide
  Arbitrary<String> damage() {
    return Arbitraries.of("", "", "", "}", "&", "\"", "%ZZ", "\\u00", ",\"x\":", "&x=%FF", "[");
  }

  @Property(tries = 1500)
  void form_losesWhatIsDropped(
      @ForAll @From("fields") List<Field> fields, @ForAll @From("damage") String damage)
      throws Exception {
    String body =
        fields.stream()
            .map(field ->
                URLEncoder.encode(field.name(), UTF_8)
                    + "="
                    + URLEncoder.encode(field.value(), UTF_8))
            .collect(Collectors.joining("&"));

    assertNothingLeft(body + damage);
  }

  @Property(tries = 1500)
  void json_losesWhatIsDropped(
      @ForAll @From("fields") List<Field> fields, @ForAll @From("damage") String damage)
      throws Exception {
    List<String> members = new ArrayList<>();
    for (Field field : fields) {
      members.add(json.writeValueAsString(field.name()) + ":" + escaped(field.value()));
    }

    assertNothingLeft("{" + String.join(",", members) + damage + "}");
    String nested = "{\"nested\":{" + String.join(",", members) + "}," + members.getFirst() + "}";
    assertNothingLeft(nested, addresses(nested));
  }

  @Property(tries = 500)
  void formExpandedAsJson_losesWhatIsDropped(@ForAll @From("fields") List<Field> fields)
      throws Exception {
    List<String> pairs = new ArrayList<>();
    for (Field field : fields) {
      pairs.add(field.name() + "=" + json.writeValueAsString(field.value()));
    }

    assertNothingLeft(String.join("&", pairs));
  }

  /** Every character as an escape, which the parser undoes. */
  private static String escaped(String value) {
    StringBuilder text = new StringBuilder("\"");
    value.chars().forEach(c -> text.append(String.format("\\u%04x", c)));
    return text.append('"').toString();
  }

  private void assertNothingLeft(String body) throws Exception {
    assertNothingLeft(body, secrets(body));
  }

  private void assertNothingLeft(String body, Set<String> secrets) throws Exception {
    for (TestIntake intake : List.of(binary, structured)) {
      EventRecord record = intake.publish(TestIntake.withBody(body));
      ObjectUploaded data = read(record);
      String names = data.bucket() + "/" + data.key();
      for (String secret : secrets) {
        if (!names.contains(secret) && texts(record).anyMatch(text -> text.contains(secret))) {
          throw new AssertionError("'" + secret + "' of " + body + " is left in " + data);
        }
      }
    }
  }

  private static ObjectUploaded read(EventRecord record) throws InvalidEventException {
    CloudEvent<ObjectUploaded> event =
        EventCodec.objectUploaded().read(record.headers()::get, record.value());
    EventOracle.assertPublishable(event);
    return event.data();
  }

  /** Every text there is in a record, without the quotation marks between them. */
  private Stream<String> texts(EventRecord record) throws IOException {
    return Stream.of(
            Stream.ofNullable(record.key()),
            record.headers().keySet().stream(),
            record.headers().values().stream(),
            texts(json.readTree(record.value())))
        .flatMap(texts -> texts);
  }

  private static Stream<String> texts(JsonNode node) {
    return node.isObject()
        ? node.properties().stream()
            .flatMap(member -> Stream.concat(Stream.of(member.getKey()), texts(member.getValue())))
        : Stream.of(node.asText());
  }

  private Set<String> secrets(String body) {
    Set<String> secrets = addresses(body);
    fields(body)
        .filter(field -> NAMES.contains(BodyFields.withoutMark(field.getKey())))
        .map(field -> field.getValue().value())
        .filter(DISTINCTIVE::contains)
        .forEach(secrets::add);
    return secrets;
  }

  /** What is looked for everywhere; what is shorter is part of too much. */
  private Set<String> addresses(String body) {
    return fields(body)
        .filter(field -> ADDRESSES.contains(BodyFields.withoutMark(field.getKey())))
        .map(field -> field.getValue().value())
        .filter(text -> text.length() >= 7 && text.length() <= 64)
        .collect(Collectors.toCollection(() -> new HashSet<>(Set.of(REQUESTER))));
  }

  /** What the body says, as the parser understands it. */
  private Stream<Map.Entry<String, BodyField>> fields(String body) {
    String contentType = "application/x-www-form-urlencoded";
    return parser.parse(Bytes.utf8(body), contentType).fields().entrySet().stream();
  }
}
