package quayside.operate.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Whether the topics exist, are safe against the loss of a broker, and may be written. */
final class KafkaCheck implements Check {
  private static final String SERVERS = "bootstrap.servers";

  private final DoctorOptions options;

  KafkaCheck(DoctorOptions options) {
    this.options = options;
  }

  @Override
  public String name() {
    return "kafka";
  }

  @Override
  public List<Finding> run() throws InterruptedException {
    String servers = options.kafka().get(SERVERS);
    if (servers == null || servers.isBlank()) {
      return List.of(
          Finding.skipped(
              "kafka", "neither --bootstrap-servers nor KAFKA_BOOTSTRAP_SERVERS is given"));
    }
    try (KafkaAdmin admin = new KafkaAdmin(options.kafka(), options.timeout())) {
      List<Finding> findings = new ArrayList<>();
      findings.add(Finding.ok("kafka", admin.brokers() + " brokers answer at " + servers));
      List<Finding> ofGroups = new ArrayList<>();
      for (String topic : options.topics()) {
        (DoctorTopics.isOfGroup(topic) ? ofGroups : findings).addAll(topic(admin, topic));
      }
      findings.addAll(summary(ofGroups));
      return findings;
    } catch (ExecutionException | TimeoutException | RuntimeException e) {
      return List.of(
          Finding.fail(
              "kafka",
              "no answer from " + servers + ": " + Causes.text(e),
              "Check address, security protocol and credentials (--kafka-config), and that the"
                  + " advertised listeners can be reached from here."));
    }
  }

  // There are many, and alike: what is well with them is said once.
  private static List<Finding> summary(List<Finding> findings) {
    List<Finding> bad =
        findings.stream().filter(finding -> finding.outcome() != Outcome.OK).toList();
    return findings.isEmpty() || !bad.isEmpty()
        ? bad
        : List.of(
            Finding.ok("retry and dead letter topics", "all exist, are safe and may be written"));
  }

  private List<Finding> topic(KafkaAdmin admin, String name)
      throws ExecutionException, TimeoutException, InterruptedException {
    KafkaAdmin.Topic topic = admin.topic(name);
    if (topic == null) {
      return List.of(absent(admin, name));
    }
    List<Finding> findings = new ArrayList<>();
    findings.add(
        topic.leaderless() == 0
            ? Finding.ok("topic " + name, topic.partitions() + " partitions")
            : Finding.fail(
                "topic " + name,
                topic.leaderless() + " of " + topic.partitions() + " partitions have no leader",
                "Bring the brokers back that hold them."));
    findings.add(replicas(admin, name, topic));
    if (isCompacted(name)) {
      findings.add(compaction(admin, name));
    }
    findings.add(rights(name, topic));
    return findings;
  }

  private Finding absent(KafkaAdmin admin, String name)
      throws ExecutionException, TimeoutException, InterruptedException {
    String create =
        "kafka-topics.sh --create --topic "
            + name
            + " --partitions 12 --replication-factor 3"
            + " --config min.insync.replicas=2"
            + (isCompacted(name) ? " --config cleanup.policy=compact" : "");
    boolean automatic = "true".equals(admin.brokerSetting("auto.create.topics.enable"));
    return automatic
        ? Finding.warn(
            "topic " + name,
            "does not exist; the brokers would create it by their defaults",
            "Create it with the partitions and replicas you want: " + create)
        : Finding.fail(
            "topic " + name,
            "does not exist, or these credentials may not describe it",
            "Create it: " + create + "; or allow DESCRIBE and WRITE on it.");
  }

  // The one topic of which new subscribers need the newest record of every key, however old.
  private boolean isCompacted(String topic) {
    return topic.equals(options.configuration().read(DoctorConfig.class, Map.of()).objectState());
  }

  private static Finding compaction(KafkaAdmin admin, String name)
      throws TimeoutException, InterruptedException {
    String check = "compaction " + name;
    @Nullable String policy = admin.topicSetting(name, "cleanup.policy");
    if (policy == null) {
      return Finding.skipped(check, "the brokers do not say what its cleanup.policy is");
    }
    return policy.equals("compact")
        ? Finding.ok(check, "cleanup.policy is compact")
        : Finding.fail(
            check,
            "cleanup.policy is " + policy + ": the state of old objects is deleted by age",
            "Set it: kafka-configs.sh --alter --entity-type topics --entity-name "
                + name
                + " --add-config cleanup.policy=compact; then: state republish.");
  }

  private static Finding replicas(KafkaAdmin admin, String name, KafkaAdmin.Topic topic)
      throws TimeoutException, InterruptedException {
    String check = "replicas " + name;
    @Nullable String setting = admin.topicSetting(name, "min.insync.replicas");
    int inSync = setting != null && setting.matches("\\d{1,4}") ? Integer.parseInt(setting) : 1;
    String seen = topic.replicas() + " replicas, " + inSync + " of them in sync to acknowledge";
    if (topic.replicas() < 2 || inSync < 2) {
      return Finding.warn(
          check,
          seen + ": an acknowledged event may be lost with one broker",
          "Give it three replicas and min.insync.replicas=2.");
    }
    return topic.replicas() == inSync
        ? Finding.warn(
            check,
            seen + ": one missing broker stops all writing",
            "Give it one more replica than min.insync.replicas.")
        : Finding.ok(check, seen);
  }

  static Finding rights(String name, KafkaAdmin.Topic topic) {
    String check = "rights " + name;
    if (topic.operations().isEmpty()) {
      return Finding.skipped(check, "the brokers do not say what these credentials may do");
    }
    return topic.operations().contains("WRITE")
        ? Finding.ok(check, "may be written")
        : Finding.fail(
            check,
            "may not be written, only " + topic.operations().stream().sorted().toList(),
            "Allow it: kafka-acls.sh --add --producer --topic " + name + " --allow-principal ...");
  }
}
