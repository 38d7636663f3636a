package quayside.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import quayside.event.PublishedEvents.Published;

/**
 * The CloudEvents SDK for JavaScript and our codec say the same of one record, whoever wrote it:
 * binary mode.
 */
class CloudEventsJavaScriptSdkTest {
  private static final Path SCRIPT = Path.of("src/test/resources/cloudevents/javascript-sdk.mjs");
  private static final Path SDK = Path.of("deploy/examples/subscribers/javascript");
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final List<Published<?>> PUBLISHED = PublishedEvents.all();

  private static JsonNode answer;

  @BeforeAll
  static void runTheSdk() throws Exception {
    ObjectNode request = MAPPER.createObjectNode();
    ArrayNode read = request.putArray("read");
    ArrayNode write = request.putArray("write");
    for (Published<?> ours : PUBLISHED) {
      read.add(record(ours));
      write.addObject().put("mode", "binary").set("event", attributes(ours));
    }
    answer = run(request);
  }

  @Test
  void ourEvents_areReadUnchanged() {
    for (int i = 0; i < PUBLISHED.size(); i++) {
      Published<?> ours = PUBLISHED.get(i);
      // The SDK takes it from the record key, also where that is null.
      ObjectNode expected = attributes(ours).put("partitionkey", ours.event().partitionKey());

      assertThat(answer.get("read").get(i)).as(ours.name()).isEqualTo(expected);
    }
  }

  @Test
  void sameEventsOfTheSdk_areReadByUs() throws Exception {
    for (int i = 0; i < PUBLISHED.size(); i++) {
      assertReadByUs(PUBLISHED.get(i), answer.get("write").get(i));
    }
  }

  private static <T> void assertReadByUs(Published<T> ours, JsonNode record) throws Exception {
    byte[] value = Base64.getDecoder().decode(record.get("value").asText());

    CloudEvent<T> read =
        ours.codec()
            .read(
                name ->
                    record.get("headers").has(name)
                        ? record.get("headers").get(name).asText()
                        : null,
                value);

    assertThat(record.get("key").textValue()).isEqualTo(ours.event().partitionKey());
    assertThat(read).as(ours.name()).isEqualTo(inMilliseconds(ours.event()));
  }

  /** The SDK knows no shorter times. */
  static <T> CloudEvent<T> inMilliseconds(CloudEvent<T> event) {
    return new CloudEvent<>(
        event.id(),
        event.source(),
        event.type(),
        event.subject(),
        milliseconds(event),
        event.recordedTime(),
        event.partitionKey(),
        event.sequence(),
        event.ingestPath(),
        event.causationId(),
        event.data());
  }

  static Instant milliseconds(CloudEvent<?> event) {
    return event.time().truncatedTo(ChronoUnit.MILLIS);
  }

  private static <T> ObjectNode record(Published<T> ours) {
    ObjectNode record = MAPPER.createObjectNode();
    ObjectNode headers = record.putObject("headers");
    ours.codec().headers(ours.event()).forEach(headers::put);
    record.put("key", ours.event().partitionKey());
    return record.put("value", ours.codec().value(ours.event()));
  }

  /** The event as the SDK shows it. */
  static <T> ObjectNode attributes(Published<T> ours) {
    CloudEvent<T> event = ours.event();
    ObjectNode attributes = MAPPER.createObjectNode();
    ours.codec()
        .headers(event)
        .forEach((name, text) -> {
          if (name.startsWith("ce_")) {
            attributes.put(name.substring("ce_".length()), text);
          }
        });
    attributes.put("time", milliseconds(event).toString());
    attributes.put("datacontenttype", "application/json");
    attributes.set("data", json(ours.codec().value(event)));
    return attributes;
  }

  private static JsonNode json(byte[] value) {
    try {
      return MAPPER.readTree(value);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  static JsonNode run(JsonNode request) throws Exception {
    assertThat(SDK.resolve("node_modules/cloudevents"))
        .as("install Node.js 18 or later with npm, then run `make examples`")
        .exists();
    Process process =
        new ProcessBuilder("node", SCRIPT.toString(), SDK.toAbsolutePath().toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedWriter input = process.outputWriter(UTF_8)) {
      input.write(request.toString());
    }
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
    return MAPPER.readTree(output);
  }
}
