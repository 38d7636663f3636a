package quayside.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.strimzi.api.kafka.model.user.KafkaUser;
import io.strimzi.api.kafka.model.user.acl.AclResourcePatternType;
import io.strimzi.api.kafka.model.user.acl.AclRule;
import io.strimzi.api.kafka.model.user.acl.AclRuleGroupResource;
import io.strimzi.api.kafka.model.user.acl.AclRuleTopicResource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import quayside.contract.AsyncApi.Topic;

/** What the guide says of topics, rights and headers is what the files beside it say. */
class ReadmeTest {
  private static final Path README = SchemaFiles.FOLDER.resolve("README.md");
  private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)\\)");

  /** Rights that are documented and not granted, or granted and not documented. */
  @Test
  void rights_areThoseOfTheManifests() {
    List<List<String>> documented =
        MarkdownTable.rows(README, "principal", "type", "name", "pattern", "operations", "what for")
            .stream()
            .map(row -> row.subList(0, 5))
            .toList();
    List<List<String>> granted =
        KafkaManifests.users().stream()
            .flatMap(user -> KafkaManifestsTest.acls(user).stream().map(rule -> row(user, rule)))
            .toList();

    assertThat(documented).containsExactlyInAnyOrderElementsOf(granted);
  }

  /** A right to something that does not exist is a slip, and the right one is missing. */
  @Test
  void rights_areToTopicsAndGroupsThatExist() {
    AsyncApi api = AsyncApi.current();
    Set<String> names = new TreeSet<>(api.topics().keySet());
    names.add("example-subscriber");
    api.operations().stream()
        .filter(operation -> operation.group() != null)
        .forEach(operation -> names.add(operation.groupId()));

    for (List<String> right : rights()) {
      boolean prefix = right.get(3).equals("prefix");
      assertThat(names)
          .as("%s", right)
          .anyMatch(name -> prefix ? name.startsWith(right.get(2)) : name.equals(right.get(2)));
    }
  }

  @Test
  void topics_areThoseOfTheContract() {
    List<List<String>> documented =
        MarkdownTable.rows(README, "topic", "partitions", "replicas", "kept");

    Set<List<String>> contract =
        AsyncApi.current().topics().entrySet().stream()
            .map(topic -> row(topic.getKey(), topic.getValue()))
            .collect(Collectors.toSet());
    assertThat(documented).containsExactlyInAnyOrderElementsOf(contract);
  }

  @Test
  void headers_areThoseOfTheSchema() {
    Set<String> documented =
        MarkdownTable.rows(README, "header", "always", "value").stream()
            .flatMap(row -> Arrays.stream(row.getFirst().split(", ")))
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> always =
        MarkdownTable.rows(README, "header", "always", "value").stream()
            .filter(row -> row.get(1).equals("yes"))
            .map(List::getFirst)
            .filter(name -> !name.equals("content-type"))
            .collect(Collectors.toCollection(TreeSet::new));
    JsonNode schema = SchemaFiles.json(SchemaFiles.HEADERS);
    Set<String> described = new TreeSet<>();
    schema.path("properties").fieldNames().forEachRemaining(described::add);
    Set<String> required = new TreeSet<>();
    schema.path("required").forEach(name -> required.add(name.asText()));

    assertThat(documented).isEqualTo(described);
    assertThat(always).isEqualTo(required);
  }

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "BOOTSTRAP.md", "EVOLUTION.md", "COMING-FROM.md"})
  void links_leadSomewhere(String file) throws IOException {
    Stream<String> links =
        LINK.matcher(Files.readString(SchemaFiles.FOLDER.resolve(file)))
            .results()
            .map(found -> found.group(1));

    assertThat(links).allSatisfy(link -> assertThat(SchemaFiles.FOLDER.resolve(link)).exists());
  }

  private static List<List<String>> rights() {
    List<List<String>> rights = new ArrayList<>();
    for (KafkaUser user : KafkaManifests.users()) {
      KafkaManifestsTest.acls(user).forEach(rule -> rights.add(row(user, rule)));
    }
    return rights;
  }

  private static List<String> row(KafkaUser user, AclRule rule) {
    String operations =
        rule.getOperations().stream()
            .map(operation -> operation.toValue())
            .collect(Collectors.joining(", "));
    String principal = user.getMetadata().getName();
    return switch (rule.getResource()) {
      case AclRuleTopicResource topic ->
          List.of(principal, "topic", topic.getName(), pattern(topic.getPatternType()), operations);
      case AclRuleGroupResource group ->
          List.of(principal, "group", group.getName(), pattern(group.getPatternType()), operations);
      default -> throw new IllegalArgumentException("not documented: " + rule);
    };
  }

  private static String pattern(AclResourcePatternType type) {
    return type.toValue();
  }

  private static List<String> row(String name, Topic topic) {
    return List.of(
        name.replaceFirst(
            "^oss\\.object\\.[a-z]+\\.v1\\.[a-z-]+\\.(retry|dlq)$", "<topic>.<group>.$1"),
        Integer.toString(topic.partitions()),
        Integer.toString(topic.replicas()),
        kept(topic));
  }

  private static String kept(Topic topic) {
    if (topic.configuration().get("cleanup.policy").equals("compact")) {
      return "compacted: the last record of a key; that an object is gone, "
          + days(topic.configuration().get("delete.retention.ms"));
    }
    return days(topic.configuration().get("retention.ms"));
  }

  private static String days(String millis) {
    return Duration.ofMillis(Long.parseLong(millis)).toDays() + " days";
  }
}
