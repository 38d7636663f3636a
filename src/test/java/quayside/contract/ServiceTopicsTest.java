package quayside.contract;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import quayside.contract.AsyncApi.Operation;
import quayside.contract.ServiceConfiguration.Channel;

/**
 * Topics, groups and clients of the AsyncAPI document are those of the service's configuration, and
 * the other way round. {@link ServiceGroupsTest} looks at a running service.
 */
class ServiceTopicsTest {
  private static final AsyncApi API = AsyncApi.current();
  private static final ServiceConfiguration SERVICE = ServiceConfiguration.delivered();

  /** Not of the sinks: it follows the catalog, and has neither retries nor dead letters. */
  private static final String STATE_GROUP = "quayside-state";

  private static final String TIMELINE_GROUP = "quayside-timeline";

  static List<Channel> channels() {
    return SERVICE.channels();
  }

  @Test
  void topics_areThoseOfTheConfiguration() {
    Set<String> documented =
        API.channels().keySet().stream()
            .filter(channel -> API.groups(channel).isEmpty())
            .flatMap(channel -> API.topicNames(channel).stream())
            .collect(toCollection(TreeSet::new));

    assertThat(documented).isEqualTo(SERVICE.topics());
  }

  @Test
  void readers_areThoseOfTheConfiguration() {
    Set<String> configured =
        SERVICE.channels().stream()
            .filter(Channel::incoming)
            .flatMap(channel ->
                documentedChannels(channel).map(read -> channel.group() + " reads " + read))
            .collect(toCollection(TreeSet::new));
    sinkGroups().stream()
        .flatMap(group -> readBy(group).map(read -> group + ".retry reads " + read + "Retry"))
        .forEach(configured::add);

    assertThat(documentedReaders()).isEqualTo(configured);
  }

  /** Each sink's group has topics of its own beside each topic it reads. */
  @Test
  void retriesAndDeadLetters_areOfTheGroupsThatRead() {
    for (String read : List.of("objectUploaded", "objectThumbnailed", "objectDeleted")) {
      List<String> groups =
          sinkGroups().stream().filter(group -> readBy(group).anyMatch(read::equals)).toList();

      assertThat(API.groups(read + "Retry")).as(read).containsExactlyElementsOf(groups);
      assertThat(API.groups(read + "DeadLetters")).as(read).containsExactlyElementsOf(groups);
    }
  }

  @ParameterizedTest
  @MethodSource("channels")
  void everyChannel_isAnOperationWithItsClient(Channel channel) {
    String action = channel.incoming() ? "receive" : "send";
    Set<String> used = documentedChannels(channel).collect(toCollection(TreeSet::new));

    Stream<Operation> operations =
        API.operations().stream()
            .filter(operation -> operation.action().equals(action))
            .filter(
                operation -> used.contains(operation.channel()) || isSetAside(channel, operation))
            .filter(operation ->
                SchemaFiles.failures(
                        operation.client(), JsonNodeFactory.instance.textNode(channel.clientId()))
                    .isEmpty());

    assertThat(operations).hasSizeGreaterThanOrEqualTo(Math.max(1, used.size()));
  }

  /** Topics for what is set aside are chosen for each record. */
  private static boolean isSetAside(Channel channel, Operation operation) {
    return channel.name().equals("dead-letter") && !API.groups(operation.channel()).isEmpty();
  }

  private static Set<String> documentedReaders() {
    return API.operations().stream()
        .filter(operation -> operation.action().equals("receive"))
        .map(operation -> operation.groupId() + " reads " + operation.channel())
        .collect(toCollection(TreeSet::new));
  }

  private static Stream<String> documentedChannels(Channel channel) {
    return API.channels().keySet().stream()
        .filter(documented -> API.topicNames(documented).stream().anyMatch(channel::uses));
  }

  private static List<String> sinkGroups() {
    return SERVICE.channels().stream()
        .filter(Channel::incoming)
        .map(Channel::group)
        .filter(group -> !group.equals(TIMELINE_GROUP) && !group.equals(STATE_GROUP))
        .distinct()
        .sorted()
        .toList();
  }

  private static Stream<String> readBy(String group) {
    return SERVICE.channels().stream()
        .filter(channel -> channel.incoming() && channel.group().equals(group))
        .flatMap(ServiceTopicsTest::documentedChannels);
  }
}
