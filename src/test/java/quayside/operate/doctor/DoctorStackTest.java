package quayside.operate.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import quayside.LaptopStackResource;

/** The doctor on a real broker and on the OSS stand-in through the real SDK. */
class DoctorStackTest {
  private static final String STATES = "oss.object.state.v1";
  private static final String SECRET = "quayside.oss.access-key-secret";
  private final Properties stack = LaptopStackResource.running();
  private final String servers = stack.getProperty("kafka.bootstrap.servers");

  @Test
  void topic_isDescribed() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
      admin
          .createTopics(List.of(new NewTopic("doctor.present", 3, (short) 1)))
          .all()
          .get(30, TimeUnit.SECONDS);
    }

    List<Finding> findings = examine(kafka(servers, "doctor.present"));

    assertThat(findings)
        .extracting(Finding::check, Finding::outcome)
        .contains(
            org.assertj.core.groups.Tuple.tuple("kafka", Outcome.OK),
            org.assertj.core.groups.Tuple.tuple("topic doctor.present", Outcome.OK),
            org.assertj.core.groups.Tuple.tuple("replicas doctor.present", Outcome.WARN),
            org.assertj.core.groups.Tuple.tuple("rights doctor.present", Outcome.OK));
    assertThat(one(findings, "topic doctor.present").seen()).isEqualTo("3 partitions");
    assertThat(one(findings, "replicas doctor.present").advice()).contains("min.insync.replicas=2");
  }

  @Test
  void topicThatIsMissing_isFoundMissing() {
    Finding finding = one(examine(kafka(servers, "doctor.absent")), "topic doctor.absent");

    assertThat(finding.outcome()).isIn(Outcome.FAIL, Outcome.WARN);
    assertThat(finding.seen()).contains("does not exist");
    assertThat(finding.advice()).contains("kafka-topics.sh --create --topic doctor.absent");
  }

  /** Nobody notices that they are missing, before the first event needs them. */
  @Test
  void topicsOfTheGroups_areLookedAtAndSaidOnceWhenTheyAreWell() throws Exception {
    String retry = "doctor.read.quayside-catalog.retry";
    String letters = "doctor.read.quayside-catalog.dlq";

    List<Finding> missing = examine(kafka(servers, letters));
    assertThat(one(missing, "topic " + letters).seen()).contains("does not exist");

    try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
      admin
          .createTopics(
              List.of(new NewTopic(retry, 1, (short) 1), new NewTopic(letters, 1, (short) 1)))
          .all()
          .get(30, TimeUnit.SECONDS);
    }
    // One broker cannot be safe: that remains to be said of each.
    assertThat(examine(options(Map.of("bootstrap.servers", servers), List.of(retry, letters))))
        .filteredOn(finding -> finding.outcome() == Outcome.WARN)
        .extracting(Finding::check)
        .containsExactly("replicas " + retry, "replicas " + letters);
  }

  /** A broker that makes topics by itself makes one that forgets by age, and nobody notices. */
  @Test
  void topicOfStates_isCompactedOrFails() throws Exception {
    List<Finding> asTheLaptopMadeIt = examine(kafka(servers, STATES));
    assertThat(one(asTheLaptopMadeIt, "compaction " + STATES).outcome()).isEqualTo(Outcome.OK);

    setPolicy("delete");
    try {
      Finding finding = one(examine(kafka(servers, STATES)), "compaction " + STATES);
      assertThat(finding.outcome()).isEqualTo(Outcome.FAIL);
      assertThat(finding.seen()).contains("delete");
      assertThat(finding.advice()).contains("cleanup.policy=compact");
    } finally {
      setPolicy("compact");
    }
  }

  @Test
  void kafkaThatDoesNotAnswer_fails() {
    Finding finding = one(examine(kafka("127.0.0.1:1", "x")), "kafka");

    assertThat(finding.outcome()).isEqualTo(Outcome.FAIL);
    assertThat(finding.seen()).contains("127.0.0.1:1");
    assertThat(finding.advice()).contains("advertised listeners");
  }

  /** The laptop's broker permits everything to everybody, so what ACLs give is judged alone. */
  @Test
  void topicThatMayNotBeWritten_fails() {
    KafkaAdmin.Topic readOnly = new KafkaAdmin.Topic(1, 3, 0, Set.of("READ", "DESCRIBE"));

    Finding finding = KafkaCheck.rights("t", readOnly);

    assertThat(finding.outcome()).isEqualTo(Outcome.FAIL);
    assertThat(finding.seen()).contains("[DESCRIBE, READ]");
    assertThat(finding.advice()).contains("kafka-acls.sh --add --producer --topic t");
  }

  @Test
  void bucket_mayBeReadAndWritten() {
    List<Finding> findings = examine(bucket("uploads", Map.of()));

    assertThat(one(findings, "oss-read uploads").outcome()).isEqualTo(Outcome.OK);
    assertThat(one(findings, "oss-write uploads").outcome())
        .as(one(findings, "oss-write uploads").seen())
        .isEqualTo(Outcome.OK);
    assertThat(one(findings, "clock-oss").outcome()).isIn(Outcome.OK, Outcome.SKIPPED);
  }

  @Test
  void wrongSecret_fails() {
    List<Finding> findings = examine(bucket("uploads", Map.of(SECRET, "wrong")));

    assertThat(one(findings, "oss-read uploads").outcome()).isEqualTo(Outcome.FAIL);
    assertThat(one(findings, "oss-read uploads").advice())
        .contains("QUAYSIDE_OSS_ACCESS_KEY_SECRET");
    assertThat(one(findings, "oss-write uploads").outcome()).isEqualTo(Outcome.SKIPPED);
  }

  @Test
  void missingBucket_fails() {
    Finding finding = one(examine(bucket("doctor-none", Map.of())), "oss-read doctor-none");

    assertThat(finding.outcome()).isEqualTo(Outcome.FAIL);
    assertThat(finding.advice()).contains("name of the bucket");
  }

  @Test
  void ossThatDoesNotAnswer_fails() {
    Map<String, String> away =
        Map.of("quayside.oss.endpoint", "http://127.0.0.1:1", "quayside.oss.max-attempts", "1");
    List<Finding> findings = examine(bucket("uploads", away));

    assertThat(one(findings, "clock-oss").outcome()).isEqualTo(Outcome.FAIL);
    assertThat(one(findings, "oss-read uploads").outcome()).isEqualTo(Outcome.FAIL);
  }

  /** What was not asked for is said to be left out. */
  @Test
  void nothingAskedFor_isAllSkipped() {
    assertThat(examine(options(Map.of(), List.of(), List.of(), Map.of())))
        .extracting(Finding::check, Finding::outcome)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("endpoint", Outcome.SKIPPED),
            org.assertj.core.groups.Tuple.tuple("kafka", Outcome.SKIPPED),
            org.assertj.core.groups.Tuple.tuple("oss", Outcome.SKIPPED));
  }

  private static DoctorOptions options(Map<String, String> kafka, List<String> topics) {
    return options(kafka, topics, List.of(), Map.of());
  }

  private DoctorOptions kafka(String bootstrapServers, String topic) {
    return options(
        Map.of("bootstrap.servers", bootstrapServers), List.of(topic), List.of(), Map.of());
  }

  private DoctorOptions bucket(String bucket, Map<String, String> changes) {
    Map<String, String> oss = new HashMap<>();
    oss.put("quayside.oss.endpoint", stack.getProperty("oss.endpoint"));
    oss.put("quayside.oss.access-key-id", "local");
    oss.put(SECRET, "local-secret");
    oss.putAll(changes);
    return options(Map.of(), List.of(), List.of(bucket), oss);
  }

  private static DoctorOptions options(
      Map<String, String> kafka,
      List<String> topics,
      List<String> buckets,
      Map<String, String> oss) {
    return new DoctorOptions(
        Optional.<URI>empty(),
        false,
        Optional.empty(),
        kafka,
        topics,
        buckets,
        Duration.ofSeconds(5),
        Clock.systemUTC(),
        oss,
        new DoctorOptions.ConfigReader() {
          @Override
          public <T> T read(Class<T> mapping, Map<String, String> commandLine) {
            return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDiscoveredConverters()
                .withSources(new PropertiesConfigSource(commandLine, "test", 100))
                .withMapping(mapping)
                .build()
                .getConfigMapping(mapping);
          }
        });
  }

  private void setPolicy(String policy) throws Exception {
    ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, STATES);
    AlterConfigOp set =
        new AlterConfigOp(new ConfigEntry("cleanup.policy", policy), AlterConfigOp.OpType.SET);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
      admin.incrementalAlterConfigs(Map.of(topic, List.of(set))).all().get(30, TimeUnit.SECONDS);
    }
  }

  private static List<Finding> examine(DoctorOptions options) {
    return Doctor.of(options).examine(check -> {});
  }

  private static Finding one(List<Finding> findings, String check) {
    return findings.stream()
        .filter(finding -> finding.check().equals(check))
        .findFirst()
        .orElseThrow(() -> new AssertionError(check + " is not among " + findings));
  }
}
