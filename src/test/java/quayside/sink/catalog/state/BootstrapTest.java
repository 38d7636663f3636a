package quayside.sink.catalog.state;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import quayside.LaptopStackResource;
import quayside.event.CloudEvent;
import quayside.event.ObjectDeleted;
import quayside.sink.catalog.Database;
import quayside.sink.catalog.Upload;

/**
 * The promise of the topic of states: whoever begins at any moment, with nothing but what the
 * contract says, knows in the end what the catalog knows, and no event has an effect twice. On
 * topics of its own, of which the one with the states is compacted all the time.
 */
@QuarkusTest
@TestProfile(BootstrapTest.OwnTopics.class)
@WithTestResource(value = LaptopStackResource.class, scope = TestResourceScope.GLOBAL)
class BootstrapTest {
  private static final Duration LIMIT = Duration.ofSeconds(120);
  private static final int OBJECTS = 40;
  private static final int EVENTS = 400;
  private static final int PER_SECOND = 100;
  private static final int SUBSCRIBERS = 5;

  private final BusyTopics topics = new BusyTopics();
  private final String bucket = Upload.newBucket();

  /** The catalog and its states alone, on topics that no other test knows. */
  public static final class OwnTopics implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      Map<String, String> settings = new HashMap<>();
      settings.put("quayside.topics.object-uploaded", BusyTopics.UPLOADED);
      settings.put("quayside.topics.object-thumbnailed", BusyTopics.THUMBNAILED);
      settings.put("quayside.topics.object-deleted", BusyTopics.DELETED);
      settings.put("quayside.topics.object-state", BusyTopics.STATE);
      settings.put("quayside.catalog.group", BusyTopics.CATALOG_GROUP);
      settings.put("quayside.state.group", BusyTopics.STATE_GROUP);
      settings.put("quayside.timeline.enabled", "false");
      Stream.of("search-uploaded", "search-thumbnailed", "search-deleted", "thumbnail-uploaded")
          .forEach(sink -> settings.put("mp.messaging.incoming." + sink + ".enabled", "false"));
      return settings;
    }
  }

  /** Something is there before: who begins with the earliest offsets needs no states. */
  @BeforeEach
  void create() throws Exception {
    topics.create();
    EventStream before = EventStream.random(Upload.newBucket(), OBJECTS, OBJECTS, new Random(0));
    topics.publishAll(before.deliveries());
    topics.awaitAllWorkedOff();
  }

  @AfterEach
  void close() throws Exception {
    topics.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void subscriberThatBeginsAtAnyMoment_knowsInTheEndWhatTheCatalogKnows(long seed)
      throws Exception {
    Random random = new Random(seed);
    EventStream stream = EventStream.random(bucket, OBJECTS, EVENTS, random);
    List<Subscriber> subscribers = new ArrayList<>();
    try (BusyTopics.Sending sending = topics.begin(stream.deliveries(), PER_SECOND)) {
      for (int i = 0; i < SUBSCRIBERS; i++) {
        sending.await(random.nextInt(stream.deliveries().size()) * (i + 1) / SUBSCRIBERS);
        subscribers.add(topics.subscriber());
      }
      sending.awaitEnd();
      topics.awaitAllWorkedOff();
      Subscriber careless = topics.carelessSubscriber();

      Map<String, Subscriber.View> catalog = catalog();
      assertThat(catalog).hasSizeGreaterThan(OBJECTS / 2);
      for (Subscriber subscriber : subscribers) {
        subscriber.follow();
        assertThat(shown(subscriber)).isEqualTo(catalog);
        assertThat(subscriber.effects().values()).allMatch(count -> count == 1);
      }
      careless.follow();
      assertThat(shown(careless)).as("the comparison finds what is missing").isNotEqualTo(catalog);
    }
  }

  /** What is left of an object that is gone: without it, a late duplicate would bring it back. */
  @Test
  void tombstoneThatIsTheOnlyTrace_keepsWhatIsGoneGone() throws Exception {
    EventStream stream = EventStream.random(bucket, OBJECTS, EVENTS, new Random(4));
    CloudEvent<?> gone = lastDeletion(stream);
    String key = String.valueOf(gone.partitionKey());
    try (BusyTopics.Sending sending = topics.begin(stream.deliveries(), PER_SECOND)) {
      sending.awaitEnd();
      topics.awaitAllWorkedOff();
      assertThat(catalog().get(key).uploadId()).as("%s is gone", key).isNull();
      List<CloudEvent<?>> others =
          stream.deliveries().stream()
              .filter(event -> !key.equals(event.partitionKey()))
              .limit(OBJECTS)
              .toList();
      await()
          .pollInterval(Duration.ofSeconds(1))
          .atMost(LIMIT)
          .until(() -> {
            // A segment is compacted when another one has begun.
            topics.publishAll(others);
            return tracesOf(key).size() == 1;
          });
      assertThat(tracesOf(key).getFirst().value()).isNull();
      topics.awaitAllWorkedOff();

      Subscriber subscriber = topics.subscriber();
      List<CloudEvent<?>> late =
          stream.deliveries().stream()
              .filter(event -> key.equals(event.partitionKey()) && event != gone)
              .toList();
      assertThat(late).isNotEmpty();
      topics.publishAll(late);
      topics.awaitAllWorkedOff();
      subscriber.follow();

      assertThat(shown(subscriber)).isEqualTo(catalog());
      assertThat(late).noneMatch(event -> subscriber.effects().containsKey(event.id()));
    }
  }

  private static CloudEvent<?> lastDeletion(EventStream stream) {
    Map<String, CloudEvent<?>> newest = new HashMap<>();
    for (CloudEvent<?> event : stream.deliveries()) {
      newest.merge(
          String.valueOf(event.partitionKey()),
          event,
          (held, next) -> next.sequence() > held.sequence() ? next : held);
    }
    return newest.values().stream()
        .filter(event -> event.data() instanceof ObjectDeleted)
        .findFirst()
        .orElseThrow();
  }

  private static List<ConsumerRecord<String, byte[]>> tracesOf(String key) {
    return StateTopic.read(BusyTopics.STATE).stream()
        .filter(record -> record.key().equals(key))
        .toList();
  }

  /** What it would show of this bucket: thumbnails only of the current version. */
  private Map<String, Subscriber.View> shown(Subscriber subscriber) {
    return subscriber.views(bucket + "/").entrySet().stream()
        .collect(toMap(Map.Entry::getKey, entry -> shown(entry.getValue())));
  }

  private static Subscriber.View shown(Subscriber.View view) {
    return new Subscriber.View(
        view.sequence(), view.uploadId(), view.etag(), view.thumbnailsShown(), null);
  }

  private Map<String, Subscriber.View> catalog() throws Exception {
    Map<String, Subscriber.View> views = new HashMap<>();
    try (Connection connection = Database.connect();
        PreparedStatement select =
            connection.prepareStatement(
                """
                select o.key, o.sequence, case o.state when 'present' then o.event_id end, o.etag,
                       case when t.width is not null and t.etag = o.etag then t.sequence else -1 end
                from catalog.object o
                left join catalog.thumbnails t on t.bucket = o.bucket and t.key = o.key
                where o.bucket = ?\
                """)) {
      select.setString(1, bucket);
      ResultSet row = select.executeQuery();
      while (row.next()) {
        views.put(
            bucket + "/" + row.getString(1),
            new Subscriber.View(
                row.getLong(2), row.getString(3), row.getString(4), row.getLong(5), null));
      }
    }
    return views;
  }
}
