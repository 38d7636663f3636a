package quayside.upgrade;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import quayside.LaptopStackResource;
import quayside.event.CloudEvent;
import quayside.sink.catalog.Upload;
import quayside.sink.catalog.state.EventStream;
import quayside.sink.catalog.state.StateTopic;

/**
 * Partitions are added to the topics of events while events go on: an object's later events are in
 * another partition than its earlier ones, and for a while producers disagree about which. The
 * fences see to it that nobody notices.
 */
@QuarkusTest
@TestProfile(PartitionCountTest.OwnTopicsProfile.class)
@WithTestResource(value = LaptopStackResource.class, scope = TestResourceScope.GLOBAL)
class PartitionCountTest {
  private static final String PREFIX = "partition-count";
  private static final int FEW = 6;
  private static final int MORE = 12;
  private static final int OBJECTS = 40;
  private static final int EVENTS = 400;

  private final OwnTopics topics = new OwnTopics(PREFIX);

  /** The catalog, search and states on topics that no other test knows. */
  public static final class OwnTopicsProfile implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return OwnTopics.settings(PREFIX);
    }
  }

  @AfterEach
  void close() {
    topics.close();
  }

  @Test
  void morePartitionsWhileEventsGoOn_changeNothingInTheEnd() throws Exception {
    topics.create(FEW);
    String fixed = Upload.newBucket();
    stream(fixed).forEach(event -> topics.sendKnowing(FEW, event));
    topics.awaitWorkedOff();

    String bucket = Upload.newBucket();
    List<CloudEvent<?>> deliveries = stream(bucket);
    int third = deliveries.size() / 3;
    deliveries.subList(0, third).forEach(event -> topics.sendKnowing(FEW, event));
    topics.grow(MORE);
    for (int i = third; i < deliveries.size(); i++) {
      // Producers learn of it one after the other; the first to know goes on alone.
      topics.sendKnowing(i < 2 * third && i % 2 == 0 ? FEW : MORE, deliveries.get(i));
    }
    topics.awaitWorkedOff();

    assertThat(keysInSeveralPartitions(bucket)).hasSizeGreaterThan(OBJECTS / 4);
    assertThat(Rows.of(bucket)).isEqualTo(Rows.of(fixed));
    assertThat(states(bucket)).isEqualTo(catalog(bucket)).hasSizeGreaterThan(OBJECTS / 2);
    assertThat(topics.setAside()).isEmpty();
  }

  private static List<CloudEvent<?>> stream(String bucket) {
    return EventStream.random(bucket, OBJECTS, EVENTS, new Random(21)).deliveries();
  }

  private Set<String> keysInSeveralPartitions(String bucket) {
    Map<String, Set<Integer>> partitions =
        topics.events().stream()
            .flatMap(topic -> StateTopic.read(topic).stream())
            .filter(record -> record.key().startsWith(bucket + "/"))
            .filter(record -> record.topic().endsWith(".uploaded"))
            .collect(groupingBy(ConsumerRecord::key, mapping(ConsumerRecord::partition, toSet())));
    partitions.values().removeIf(of -> of.size() < 2);
    return partitions.keySet();
  }

  /** The newest state of each object as the topic has it: its sequence, and whether it is gone. */
  private Set<String> states(String bucket) {
    return StateTopic.newest(StateTopic.read(topics.state())).values().stream()
        .filter(record -> record.key().startsWith(bucket + "/"))
        .map(record ->
            record.key().substring(bucket.length() + 1)
                + " "
                + StateTopic.sequence(record)
                + (record.value() == null ? " deleted" : " present"))
        .collect(toSet());
  }

  private static Set<String> catalog(String bucket) throws Exception {
    return Set.copyOf(
        Rows.select(
            "select key || ' ' || sequence || ' ' || state from catalog.object where bucket = ?",
            bucket));
  }
}
