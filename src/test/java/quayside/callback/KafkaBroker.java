package quayside.callback;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import quayside.LaptopStackResource;
import quayside.TopicContent;
import quayside.event.TopicAudit;

/** The real broker of the test run: what it holds, and how to make it stand still. */
public final class KafkaBroker {
  private static final String TOPIC = "oss.object.uploaded.v1";

  private KafkaBroker() {}

  /** Its port stays open and nobody answers. */
  public static void standStill() {
    signal("-STOP");
  }

  public static void goOn() {
    signal("-CONT");
  }

  /** The ids of all events on the topic, with the path they took. */
  static Map<String, String> published() {
    Map<String, String> paths = new HashMap<>();
    TopicContent.of(bootstrapServers(), TOPIC)
        .forEach(record -> paths.put(header(record, "ce_id"), header(record, "ce_ingestpath")));
    return paths;
  }

  /** The values of the records of one event. */
  static List<String> values(String id) {
    return TopicContent.of(bootstrapServers(), TOPIC).stream()
        .filter(record -> header(record, "ce_id").equals(id))
        .map(record -> new String(record.value(), StandardCharsets.UTF_8))
        .toList();
  }

  /** Fails unless every record on the topics of the contract keeps to it; none is planted here. */
  static void assertContractKept() {
    TopicAudit.assertAllValid(bootstrapServers(), record -> false);
  }

  private static String header(ConsumerRecord<String, byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
  }

  private static void signal(String signal) {
    String port = bootstrapServers().replaceAll(".*:", "");
    long broker =
        ProcessHandle.allProcesses()
            .filter(process -> process.info().command().orElse("").endsWith("/java"))
            .filter(process ->
                process.info().commandLine().orElse("").contains("kafka --port " + port + " "))
            .findAny()
            .orElseThrow()
            .pid();
    try {
      new ProcessBuilder("kill", signal, Long.toString(broker)).start().waitFor();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String bootstrapServers() {
    return LaptopStackResource.running().getProperty("kafka.bootstrap.servers");
  }
}
