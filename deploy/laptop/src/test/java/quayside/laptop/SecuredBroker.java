package quayside.laptop;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import kafka.tools.StorageTool;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * A broker that asks who you are and lets you do what you may: with the topics and the users of the
 * manifests, and no other right. Passwords are the names.
 */
final class SecuredBroker implements AutoCloseable {
  private static final Path MANIFESTS = Path.of("../kubernetes/base/kafka");
  private static final String ADMIN = "admin";

  private final Process process;
  private final int port;

  private SecuredBroker(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  static SecuredBroker start(Path folder)
      throws IOException, InterruptedException, ExecutionException {
    int port = freePort();
    Path file = folder.resolve("server.properties");
    try (Writer writer = Files.newBufferedWriter(file)) {
      configuration(port, freePort(), folder).store(writer, null);
    }
    StorageTool.execute(
        new String[] {
          "format", "--cluster-id", "UXVheXNpZGVSaWdodHMwMA", "--config", file.toString()
        },
        System.out);
    SecuredBroker broker = new SecuredBroker(launch(file), port);
    broker.createTopicsAndRights();
    return broker;
  }

  /** The settings of a client that is this user. */
  Map<String, Object> client(String user) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("bootstrap.servers", "127.0.0.1:" + port);
    settings.put("security.protocol", "SASL_PLAINTEXT");
    settings.put("sasl.mechanism", "PLAIN");
    settings.put("sasl.jaas.config", login(user) + ";");
    settings.put("allow.auto.create.topics", false);
    settings.put("max.block.ms", 10_000);
    return settings;
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }

  /** The names of the manifests' topics. */
  static List<String> topics() throws IOException {
    return manifests("KafkaTopic").stream().map(SecuredBroker::name).toList();
  }

  private void createTopicsAndRights()
      throws IOException, InterruptedException, ExecutionException {
    List<NewTopic> topics =
        topics().stream().map(name -> new NewTopic(name, 1, (short) 1)).toList();
    List<AclBinding> rights = new ArrayList<>();
    for (JsonNode user : manifests("KafkaUser")) {
      for (JsonNode acl : user.at("/spec/authorization/acls")) {
        acl.path("operations").forEach(o -> rights.add(right(name(user), acl, o.asText())));
      }
    }
    try (Admin admin = Admin.create(client(ADMIN))) {
      admin.createTopics(topics).all().get();
      admin.createAcls(rights).all().get();
      // A broker knows a little later what its controller has decided.
      await()
          .until(() ->
              Set.copyOf(admin.describeAcls(AclBindingFilter.ANY).values().get())
                  .containsAll(rights));
    }
  }

  private static AclBinding right(String user, JsonNode acl, String operation) {
    JsonNode resource = acl.path("resource");
    PatternType pattern =
        resource.path("patternType").asText().equals("prefix")
            ? PatternType.PREFIXED
            : PatternType.LITERAL;
    ResourceType type =
        ResourceType.fromString(resource.path("type").asText().toUpperCase(Locale.ROOT));
    return new AclBinding(
        new ResourcePattern(type, resource.path("name").asText(), pattern),
        new AccessControlEntry(
            "User:" + user,
            "*",
            AclOperation.fromString(operation.toUpperCase(Locale.ROOT)),
            AclPermissionType.ALLOW));
  }

  private static List<JsonNode> manifests(String kind) throws IOException {
    List<JsonNode> found = new ArrayList<>();
    YAMLMapper yaml = new YAMLMapper();
    try (var files = Files.list(MANIFESTS)) {
      for (Path file : files.toList()) {
        found.addAll(yaml.readerFor(JsonNode.class).<JsonNode>readValues(file.toFile()).readAll());
      }
    }
    return found.stream().filter(d -> d.path("kind").asText().equals(kind)).toList();
  }

  private static String name(JsonNode manifest) {
    return manifest.at("/metadata/name").asText();
  }

  private static Process launch(Path configuration) throws IOException {
    Process process =
        new ProcessBuilder(
                JavaCommand.java(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "kafka.Kafka",
                configuration.toString())
            .redirectErrorStream(true)
            .start();
    BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
    StringBuilder output = new StringBuilder();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      output.append(line).append('\n');
      if (line.contains("Kafka Server started")) {
        Thread.ofPlatform().daemon().start(() -> drain(lines));
        return process;
      }
    }
    throw new IllegalStateException("not started:\n" + output);
  }

  private static void drain(BufferedReader lines) {
    try {
      lines.transferTo(Writer.nullWriter());
    } catch (IOException ended) {
      // The broker was stopped.
    }
  }

  private static Properties configuration(int port, int controllerPort, Path folder)
      throws IOException {
    String users =
        manifests("KafkaUser").stream()
            .map(SecuredBroker::name)
            .map(user -> " user_" + user + "=\"" + user + "\"")
            .collect(Collectors.joining());
    Properties p = new Properties();
    p.setProperty("process.roles", "broker,controller");
    p.setProperty("node.id", "1");
    p.setProperty("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
    p.setProperty("controller.listener.names", "CONTROLLER");
    p.setProperty(
        "listeners", "CLIENT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
    p.setProperty("advertised.listeners", "CLIENT://127.0.0.1:" + port);
    p.setProperty("listener.security.protocol.map", "CLIENT:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT");
    p.setProperty("inter.broker.listener.name", "CLIENT");
    p.setProperty("sasl.enabled.mechanisms", "PLAIN");
    p.setProperty("sasl.mechanism.inter.broker.protocol", "PLAIN");
    p.setProperty(
        "listener.name.client.plain.sasl.jaas.config",
        login(ADMIN) + " user_" + ADMIN + "=\"" + ADMIN + "\"" + users + ";");
    p.setProperty(
        "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
    // The controller, which is this process too, has no name.
    p.setProperty("super.users", "User:" + ADMIN + ";User:ANONYMOUS");
    p.setProperty("log.dirs", folder.resolve("logs").toString());
    p.setProperty("auto.create.topics.enable", "false");
    p.setProperty("offsets.topic.replication.factor", "1");
    p.setProperty("offsets.topic.num.partitions", "1");
    p.setProperty("group.initial.rebalance.delay.ms", "0");
    return p;
  }

  private static String login(String user) {
    return "org.apache.kafka.common.security.plain.PlainLoginModule required username=\""
        + user
        + "\" password=\""
        + user
        + "\"";
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
