package quayside.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import quayside.LaptopStackResource;
import quayside.contract.AsyncApi.Operation;

/**
 * What the broker says of a running service: each consumer group of the AsyncAPI document has
 * members with the documented client ids, and they read the documented topics.
 */
@QuarkusTest
@QuarkusTestResource(LaptopStackResource.class)
class ServiceGroupsTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final AsyncApi API = AsyncApi.current();

  @Test
  void groupsOfTheService_areThoseOfTheDocument() {
    List<Operation> readers =
        API.operations().stream()
            .filter(operation -> operation.action().equals("receive"))
            .toList();
    String broker = LaptopStackResource.running().getProperty("kafka.bootstrap.servers");

    try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker))) {
      await()
          .atMost(LIMIT)
          .ignoreException(ExecutionException.class)
          .untilAsserted(() -> assertThat(missing(admin, readers)).isEmpty());
    }
    assertThat(readers).hasSizeGreaterThan(20);
  }

  private static List<String> missing(Admin admin, List<Operation> readers)
      throws ExecutionException, InterruptedException {
    Set<String> groups = readers.stream().map(Operation::groupId).collect(Collectors.toSet());
    Map<String, ConsumerGroupDescription> found = admin.describeConsumerGroups(groups).all().get();
    List<String> missing = new ArrayList<>();
    for (Operation reader : readers) {
      Collection<MemberDescription> members = found.get(reader.groupId()).members();
      if (members.stream().noneMatch(member -> is(member, reader))) {
        missing.add(reader.name() + " by " + reader.client() + " among " + members);
      }
    }
    return missing;
  }

  // Topics of a group's own appear with the first record, so nobody need be assigned to them.
  private static boolean is(MemberDescription member, Operation reader) {
    boolean reads =
        !API.groups(reader.channel()).isEmpty()
            || member.assignment().topicPartitions().stream()
                .map(TopicPartition::topic)
                .anyMatch(API.topicNames(reader.channel())::contains);
    return reads
        && SchemaFiles.failures(
                reader.client(), JsonNodeFactory.instance.textNode(member.clientId()))
            .isEmpty();
  }
}
