package quayside.laptop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole stack as real processes: what a user of `make run` relies on. */
class UpCommandTest {

  @TempDir Path data;

  @Test
  void dataSurvivesARestart() throws Exception {
    try (RunningStack stack = RunningStack.start(data);
        Connection database = stack.database();
        Statement statement = database.createStatement()) {
      statement.execute("create table kept (note text)");
      statement.execute("insert into kept values ('still here')");
      send(stack.property("kafka.bootstrap.servers"));
    }

    try (RunningStack stack = RunningStack.start(data);
        Connection database = stack.database();
        Statement statement = database.createStatement();
        ResultSet rows = statement.executeQuery("select note from kept")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getString(1)).isEqualTo("still here");
      assertThat(endOffset(stack.property("kafka.bootstrap.servers"))).isEqualTo(1);
    }
  }

  /** A fault test on a database that may forget proves nothing. */
  @Test
  void database_writesThroughToDisk() throws Exception {
    try (RunningStack stack = RunningStack.start(data);
        Connection database = stack.database()) {
      for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
        try (Statement statement = database.createStatement();
            ResultSet row = statement.executeQuery("show " + setting)) {
          row.next();
          assertThat(row.getString(1)).as(setting).isEqualTo("on");
        }
      }
    }
  }

  @Test
  void killOfTheLauncher_leavesNoServerBehind() throws Exception {
    RunningStack stack = RunningStack.start(data);
    List<ProcessHandle> servers = stack.process().descendants().toList();
    assertThat(servers).hasSizeGreaterThan(4);

    stack.process().destroyForcibly().waitFor();

    await()
        .atMost(Duration.ofSeconds(40))
        .untilAsserted(() -> assertThat(servers).noneMatch(ProcessHandle::isAlive));
  }

  @Test
  void takenPort_isToldWithTheVariableThatChoosesAnother() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Process process =
          RunningStack.launch(
              data, "--kafka-port", Integer.toString(taken.getLocalPort()), "--postgres-port", "0");

      assertThat(output(process))
          .contains(taken.getLocalPort() + "")
          .contains("QUAYSIDE_KAFKA_PORT");
      assertThat(process.waitFor()).isEqualTo(1);
    }
  }

  @Test
  void secondStackInTheSameDirectory_isRefused() throws Exception {
    try (DataDirectory held = DataDirectory.take(data)) {
      Process process =
          RunningStack.launch(data, "--kafka-port", "0", "--postgres-port", "0", "--oss-port", "0");

      assertThat(output(process)).contains(held.path().toString()).contains("QUAYSIDE_DATA_DIR");
      assertThat(process.waitFor()).isEqualTo(1);
    }
  }

  private static String output(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static void send(String bootstrapServers) throws Exception {
    Map<String, Object> configuration =
        Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(configuration, new StringSerializer(), new StringSerializer())) {
      producer.send(new ProducerRecord<>("oss.object.uploaded.v1", 0, "key", "value")).get();
    }
  }

  private static long endOffset(String bootstrapServers) throws Exception {
    TopicPartition partition = new TopicPartition("oss.object.uploaded.v1", 0);
    try (Admin admin =
        Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
      return admin
          .listOffsets(Map.of(partition, OffsetSpec.latest()))
          .partitionResult(partition)
          .get()
          .offset();
    }
  }
}
