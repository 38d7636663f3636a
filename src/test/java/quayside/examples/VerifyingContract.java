package quayside.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** What subscribers do beside it that verify signatures: held against {@code dsse/}. */
abstract class VerifyingContract extends SubscriberContract {
  private static final Path VECTORS = Path.of("src/test/resources/dsse");
  private static final JsonMapper MAPPER = new JsonMapper();

  /** Valid signatures that do not cover what a subscriber goes by. */
  private static final Set<String> PROVE_TOO_LITTLE =
      Set.of("no-extension-signed.json", "one-extension-signed.json");

  private static final Set<String> ABOUT_NO_OBJECT = Set.of("no-subject.json");

  @Test
  void publicKeyThatIsNone_isNamed() throws Exception {
    try (RunningSubscriber subscriber = run(List.of("--public-key", "pom.xml"))) {
      assertThat(subscriber.finish()).isNotZero();
      assertThat(subscriber.messages()).contains("--public-key pom.xml").contains("PEM");
    }
  }

  /** What is altered, or signed by somebody else, comes to nothing, and is counted. */
  @Test
  void whatIsNotSignedByTheOwnerOfTheKey_isRefused() throws Exception {
    Path key = folder.resolve("public.pem");
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    Set<String> kinds = new TreeSet<>();
    int refused = 0;
    int duplicate = 0;
    try (EventTopics topics = new EventTopics()) {
      for (Path file : vectors()) {
        JsonNode vector = MAPPER.readTree(file.toFile());
        Files.writeString(key, vector.get("publicKeyPem").asText());
        ProducerRecord<byte[], byte[]> record = record(topics.name("uploaded"), vector);
        records.add(record);
        String name = file.getFileName().toString();
        if (!vector.get("valid").asBoolean() || PROVE_TOO_LITTLE.contains(name)) {
          refused++;
        } else if (!ABOUT_NO_OBJECT.contains(name) && !kinds.add(new String(record.key(), UTF_8))) {
          duplicate++;
        }
      }
      topics.publish(records);
      String summary =
          "applied %d, duplicate %d, stale 0, skipped %d, refused %d"
              .formatted(kinds.size(), duplicate, ABOUT_NO_OBJECT.size(), refused);

      try (RunningSubscriber subscriber =
          start(
              topics,
              "verifying",
              folder.resolve("view"),
              "--public-key",
              key.toString(),
              "--key-id",
              "test-1")) {
        int discarded = refused + ABOUT_NO_OBJECT.size();
        await()
            .atMost(PATIENCE)
            .untilAsserted(() -> {
              assertThat(subscriber.lines()).hasSize(kinds.size());
              assertThat(subscriber.messages().lines().filter(VerifyingContract::isReport))
                  .hasSize(discarded);
            });
        assertThat(subscriber.stop()).isEqualTo(stopped());

        assertThat(subscriber.messages()).contains(summary);
      }
    }
  }

  private static boolean isReport(String message) {
    return message.startsWith("refused ") || message.startsWith("skipped ");
  }

  private static List<Path> vectors() throws IOException {
    try (Stream<Path> files = Files.list(VECTORS)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
  }

  private static ProducerRecord<byte[], byte[]> record(String topic, JsonNode vector)
      throws IOException {
    byte[] value = Base64.getDecoder().decode(vector.get("value").asText());
    JsonNode partitionKey = vector.get("headers").get("ce_partitionkey");
    if (vector.get("headers").get("content-type").asText().contains("cloudevents")) {
      partitionKey = MAPPER.readTree(value).get("partitionkey");
    }
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            topic, partitionKey == null ? null : partitionKey.asText().getBytes(UTF_8), value);
    for (Map.Entry<String, JsonNode> header : vector.get("headers").properties()) {
      record.headers().add(header.getKey(), header.getValue().asText().getBytes(UTF_8));
    }
    return record;
  }
}
