package quayside.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import quayside.LaptopStackResource;

/**
 * A real broker that stops answering for a while: every callback is accepted, every event arrives.
 */
@QuarkusTest
@QuarkusTestResource(LaptopStackResource.class)
@QuarkusTestResource(CallbackTestKeyResource.class)
class KafkaStallTest {
  private static final String TOPIC = "oss.object.uploaded.v1";

  private final TestSigner signer = CallbackTestKeyResource.signer();

  @TestHTTPResource URI uri;
  @Inject MeterRegistry registry;

  @AfterEach
  void goOn() throws Exception {
    signal("-CONT");
  }

  @Test
  void stalledBroker_costsNoCallback() throws Exception {
    List<String> accepted = new ArrayList<>();
    accepted.add(send("before"));
    signal("-STOP");
    long start = System.nanoTime();
    accepted.add(send("first"));
    long firstAnswer = System.nanoTime() - start;
    for (int i = 0; i < 20; i++) {
      accepted.add(send("later-" + i));
    }
    double journalled = CallbackCounts.of(registry).journalled();
    signal("-CONT");

    assertThat(Duration.ofNanos(firstAnswer))
        .as("OSS hangs up after 5 s")
        .isLessThan(Duration.ofSeconds(4));
    assertThat(journalled).isEqualTo(21);
    CallbackCounts.of(registry).assertConserved();
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(published().keySet()).containsAll(accepted));
    assertThat(published()).containsEntry(accepted.get(20), "journal");
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> registry.get("quayside.journal.depth").gauge().value() == 0);
    send("after");
    assertThat(CallbackCounts.of(registry).journalled()).isEqualTo(21);
  }

  private String send(String key) throws IOException {
    RawHttp.Reply reply =
        RawHttp.send(
            uri.getPort(),
            CallbackScenario.signedBy(signer)
                .withBody("bucket=uploads&object=stall%2F" + key + "&size=1&etag=" + key)
                .wire());
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return reply.text().replaceAll(".*\"eventId\":\"([^\"]+)\".*", "$1");
  }

  /** The ids of all events on the topic, with the path they took. */
  private static Map<String, String> published() {
    Map<String, Object> configuration = Map.of("bootstrap.servers", bootstrapServers());
    Map<String, String> paths = new java.util.HashMap<>();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(configuration, new StringDeserializer(), new StringDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(TOPIC).stream()
              .map(partition -> new TopicPartition(TOPIC, partition.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(200))) {
          paths.put(header(record, "ce_id"), header(record, "ce_ingestpath"));
        }
      }
    }
    return paths;
  }

  private static String header(ConsumerRecord<String, String> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
  }

  /** Stops and continues the broker's process: its port stays open and nobody answers. */
  private static void signal(String signal) throws IOException, InterruptedException {
    String port = bootstrapServers().replaceAll(".*:", "");
    long broker =
        ProcessHandle.allProcesses()
            .filter(process -> process.info().command().orElse("").endsWith("/java"))
            .filter(process ->
                process.info().commandLine().orElse("").contains("kafka --port " + port + " "))
            .findAny()
            .orElseThrow()
            .pid();
    new ProcessBuilder("kill", signal, Long.toString(broker)).start().waitFor();
  }

  private static String bootstrapServers() {
    return LaptopStackResource.running().getProperty("kafka.bootstrap.servers");
  }
}
