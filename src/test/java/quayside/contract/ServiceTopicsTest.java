package quayside.contract;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
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

  private static final String STATE_TOPIC = "oss.object.state.v1";
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
    Set<String> configured = new TreeSet<>(SERVICE.topics());
    configured.add(STATE_TOPIC);

    assertThat(documented).isEqualTo(configured);
  }

  @Test
  void readers_areThoseOfTheConfiguration() {
    Set<String> configured =
        SERVICE.channels().stream()
            .filter(Channel::incoming)
            .filter(channel -> !channel.group().equals(STATE_GROUP))
            .flatMap(channel ->
                documentedChannels(channel).map(read -> channel.group() + " reads " + read))
            .collect(toCollection(TreeSet::new));
    sinkGroups().stream()
        .flatMap(group -> readBy(group).map(read -> group + ".retry reads " + read + "Retry"))
        .forEach(configured::add);

    assertThat(documentedReaders(group -> !group.equals(STATE_GROUP))).isEqualTo(configured);
  }

  /** New subscribers begin with the states where this group has committed on these topics. */
  @Test
  void stateGroup_readsWhatTheCatalogReads() {
    assertThat(documentedReaders(STATE_GROUP::equals))
        .containsExactlyInAnyOrder(
            "quayside-state reads objectUploaded",
            "quayside-state reads objectThumbnailed",
            "quayside-state reads objectDeleted",
            "quayside-state reads objectUploadedRetry",
            "quayside-state reads objectThumbnailedRetry",
            "quayside-state reads objectDeletedRetry");
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

  private static Set<String> documentedReaders(Predicate<String> ofGroup) {
    return API.operations().stream()
        .filter(operation -> operation.action().equals("receive"))
        .filter(operation -> ofGroup.test(operation.groupId()))
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
