package quayside.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import quayside.LaptopStackResource;
import quayside.event.CloudEvent;
import quayside.sink.catalog.Upload;
import quayside.sink.catalog.state.EventStream;

/** Old and new side by side: producers on one topic, and instances of one consumer group. */
@QuarkusTest
@TestProfile(MixedVersionsTest.OwnTopicsProfile.class)
@WithTestResource(value = LaptopStackResource.class, scope = TestResourceScope.GLOBAL)
class MixedVersionsTest {
  private static final String PREFIX = "mixed-versions";
  private static final int PARTITIONS = 6;
  private static final int OBJECTS = 30;
  private static final int EVENTS = 300;
  private static final int RESTARTS = 4;

  private final OwnTopics topics = new OwnTopics(PREFIX);

  @Inject MeterRegistry metrics;

  /** The catalog, search and states on topics that no other test knows. */
  public static final class OwnTopicsProfile implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return OwnTopics.settings(PREFIX);
    }
  }

  @BeforeEach
  void create() throws Exception {
    topics.create(PARTITIONS);
  }

  @AfterEach
  void close() {
    topics.close();
  }

  /** Of the same objects, in turn, as while the ingress is replaced instance by instance. */
  @Test
  void producersOfSeveralVersions_comeToTheSameRows() throws Exception {
    String expected = applied(11);
    String bucket = Upload.newBucket();
    Random random = new Random(1);
    List<CloudEvent<?>> deliveries = stream(bucket, 11);
    for (CloudEvent<?> event : deliveries) {
      topics.send(ProducerVersion.values()[random.nextInt(4)], event);
    }
    topics.awaitWorkedOff();

    assertThat(Rows.of(bucket)).isEqualTo(Rows.of(expected));
    assertThat(Rows.of(bucket).values()).allMatch(rows -> rows.size() > OBJECTS / 4);
    assertThat(
            Rows.select(
                "select distinct coalesce(thumb_hash, 'none') from catalog.thumbnails"
                    + " where bucket = ? and width is not null",
                bucket))
        .as("what an older producer does not say is null")
        .containsExactlyInAnyOrder("none", "3OcRJYB4d3h/iIeHeEh3eIhw+j3A");
    assertThat(topics.setAside()).isEmpty();
  }

  /** The comparison of the other tests sees a single event that is missing. */
  @Test
  void oneEventThatIsMissing_isSeen() throws Exception {
    String expected = applied(12);
    String bucket = Upload.newBucket();
    List<CloudEvent<?>> deliveries = stream(bucket, 12);
    String missing = deliveries.getFirst().id();
    deliveries.stream()
        .filter(event -> !event.id().equals(missing))
        .forEach(event -> topics.send(ProducerVersion.NEWER, event));
    topics.awaitWorkedOff();

    assertThat(Rows.of(bucket)).isNotEqualTo(Rows.of(expected));
  }

  /** A rolling restart: again and again an instance comes, reads, and goes without a commit. */
  @Test
  void instancesThatComeAndGo_loseNothingAndApplyNothingTwice() throws Exception {
    String expected = applied(13);
    String bucket = Upload.newBucket();
    List<CloudEvent<?>> deliveries = stream(bucket, 13);
    double before = appliedOrStale();
    int part = deliveries.size() / RESTARTS;
    for (int restart = 0; restart < RESTARTS; restart++) {
      int last = restart == RESTARTS - 1 ? deliveries.size() : (restart + 1) * part;
      List<CloudEvent<?>> now = deliveries.subList(restart * part, last);
      send(now.subList(0, part / 2));
      try (Neighbour neighbour = topics.neighbour()) {
        neighbour.awaitJoined();
        send(now.subList(part / 2, now.size()));
        assertThat(neighbour.awaitRead()).isPositive();
      }
    }
    topics.awaitWorkedOff();

    assertThat(Rows.of(bucket)).isEqualTo(Rows.of(expected));
    assertThat(appliedOrStale() - before)
        .as("each event has been met for the first time once")
        .isEqualTo(deliveries.stream().map(CloudEvent::id).distinct().count());
    assertThat(topics.setAside()).isEmpty();
  }

  /** A bucket whose events came from one producer to one instance. */
  private String applied(long seed) {
    String bucket = Upload.newBucket();
    send(stream(bucket, seed));
    topics.awaitWorkedOff();
    return bucket;
  }

  private void send(List<CloudEvent<?>> events) {
    events.forEach(event -> topics.send(ProducerVersion.TODAY, event));
    topics.flush();
  }

  private static List<CloudEvent<?>> stream(String bucket, long seed) {
    return EventStream.random(bucket, OBJECTS, EVENTS, new Random(seed)).deliveries();
  }

  private double appliedOrStale() {
    return List.of("quayside.catalog.applied", "quayside.catalog.stale").stream()
        .flatMap(name -> metrics.find(name).counters().stream())
        .mapToDouble(Counter::count)
        .sum();
  }
}
