package quayside.sink.catalog.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import quayside.LaptopStackResource;
import quayside.event.CloudEvent;
import quayside.event.ObjectState;
import quayside.sink.DependencyUnavailableException;
import quayside.sink.catalog.Database;
import quayside.sink.catalog.HostileKeys;
import quayside.sink.catalog.LockedObjects;
import quayside.sink.catalog.LockedObjects.Known;
import quayside.sink.catalog.ObjectName;
import quayside.sink.catalog.Upload;
import quayside.sink.catalog.state.StateWriter.Written;

/** The cycle of a batch on a real database and a real broker, alone and beside others. */
@QuarkusTest
@WithTestResource(value = LaptopStackResource.class, scope = TestResourceScope.GLOBAL)
class StateWriterTest {
  private static final long SEED = 20_261_128;
  private static final int OBJECTS = 12;
  private static final int CHANGES = 1_500;

  // As the catalog writes: only newer ones replace.
  private static final String CHANGE =
      """
      insert into catalog.object (bucket, key, etag, variables, fields, verification_level, event_source, event_id,
                                  sequence, uploaded_at, recorded_at, state)
      values (?, ?, ?, '{}', '{}', 'signature', 'acs:oss:-:-:' || ?, ?, ?, now(), now(), ?)
      on conflict (bucket, key) do update set etag = excluded.etag, event_id = excluded.event_id,
        sequence = excluded.sequence, state = excluded.state\
      """;

  @Inject StateWriter writer;
  @Inject LockedObjects objects;
  @Inject KafkaStatePublisher publisher;

  private final String bucket = Upload.newBucket();

  /**
   * Thumbnails and uploads of one object are in partitions of different topics, so two instances
   * may tell its state at the same time, while it changes.
   */
  @Test
  void writersOfTheSameObjects_leaveTheNewestAsTheLastRecordAndNeverGoBack() throws Exception {
    AtomicBoolean changing = new AtomicBoolean(true);
    Map<String, Long> newest = new TreeMap<>();
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      List<Future<?>> writers = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        writers.add(threads.submit(telling(new Random(SEED + i), changing)));
      }
      try (Connection connection = Database.connect()) {
        Random random = new Random(SEED);
        for (int sequence = 1; sequence <= CHANGES; sequence++) {
          String key = "k" + random.nextInt(OBJECTS);
          change(connection, key, sequence, random.nextInt(5) == 0 ? "deleted" : "present");
          newest.put(key, (long) sequence);
        }
      }
      changing.set(false);
      for (Future<?> one : writers) {
        one.get();
      }
    }
    // What the events do that are behind the last changes.
    writer.write(told(List.copyOf(newest.keySet())));

    Map<String, List<ConsumerRecord<String, byte[]>>> records = records();
    assertThat(records.keySet()).isEqualTo(newest.keySet());
    records.forEach((key, ofKey) -> {
      assertThat(ofKey).as(key).extracting(StateTopic::sequence).isSorted();
      assertThat(StateTopic.sequence(ofKey.getLast())).as(key).isEqualTo(newest.get(key));
    });
    assertThat(records.values().stream().mapToInt(List::size).sum())
        .as("told meanwhile")
        .isGreaterThan(5 * OBJECTS);
  }

  /** Without the session there is no lock: nobody knows who else has published meanwhile. */
  @Test
  void sessionLostWhilePublishing_isNoCleanEnd() {
    int stripe = 1_000_000 + new Random().nextInt(1_000_000);

    assertThatThrownBy(() ->
            objects.run(
                new TreeSet<>(List.of(stripe)),
                List.of(new ObjectName(bucket, "k")),
                known -> killOwner(stripe)))
        .isInstanceOf(DependencyUnavailableException.class)
        .hasMessageContaining("PostgreSQL");
  }

  /** They travel in arrays, whose text has quotes, braces and commas of its own. */
  @Test
  void hostileNames_areFound() throws Exception {
    List<String> keys = HostileKeys.ALL;
    try (Connection connection = Database.connect()) {
      for (int i = 0; i < keys.size(); i++) {
        change(connection, keys.get(i), i, "present");
      }
    }
    List<Known> found = new ArrayList<>();
    List<ObjectName> names = keys.stream().map(key -> new ObjectName(bucket, key)).toList();

    objects.run(new TreeSet<>(List.of(0)), names, found::addAll);

    assertThat(found).extracting(Known::name).containsExactlyElementsOf(names);
    assertThat(found)
        .extracting(Known::fence)
        .containsExactlyElementsOf(
            IntStream.range(0, keys.size()).mapToObj(Long::valueOf).toList());
    assertThat(names).allSatisfy(name -> assertThat(name.isStorable()).isTrue());
    assertThat(names)
        .allSatisfy(name -> assertThat(ObjectName.ofRecordKey(name.recordKey())).contains(name));
  }

  @Test
  void objectOfWhichNothingIsKnown_isSkipped() throws Exception {
    assertThat(writer.write(told(List.of("nothing")))).isEqualTo(new Written(0, 0, 1));
    assertThat(records()).isEmpty();
  }

  /** Larger than any broker takes: it must not hold up the others for ever. */
  @Test
  void stateThatIsTooLarge_isPassedOverAlone() throws Exception {
    CurrentState small = state("small", Map.of());
    CurrentState large = state("large", Map.of("f", "x".repeat(1 << 20)));

    assertThat(publisher.publish(List.of(large, small))).containsExactly(large);

    assertThat(records().keySet()).containsExactly("small");
  }

  private Callable<Void> telling(Random random, AtomicBoolean changing) {
    return () -> {
      while (changing.get()) {
        List<String> keys =
            IntStream.range(0, OBJECTS)
                .filter(i -> random.nextBoolean())
                .mapToObj(i -> "k" + i)
                .toList();
        writer.write(told(keys));
      }
      return null;
    };
  }

  private List<ToldObject> told(List<String> keys) {
    return keys.stream()
        .map(key -> new ToldObject(new ObjectName(bucket, key), List.of()))
        .toList();
  }

  private CurrentState state(String key, Map<String, String> fields) {
    CloudEvent<?> event = Upload.of(bucket, key).withFields(fields).event();
    CurrentState state =
        CurrentState.of(new Known(new ObjectName(bucket, key), event, null, -1), List.of())
            .orElseThrow();
    ObjectState data = state.event().data();
    assertThat(data.fields()).isEqualTo(fields);
    return state;
  }

  private void change(Connection connection, String key, long sequence, String state)
      throws Exception {
    try (PreparedStatement change = connection.prepareStatement(CHANGE)) {
      change.setString(1, bucket);
      change.setString(2, key);
      change.setString(3, "E" + sequence);
      change.setString(4, bucket);
      change.setString(5, "id-" + sequence);
      change.setLong(6, sequence);
      change.setString(7, state);
      change.executeUpdate();
    }
  }

  private static void killOwner(int stripe) {
    try (Connection connection = Database.connect();
        PreparedStatement kill =
            connection.prepareStatement(
                "select pg_terminate_backend(pid, 10000) from pg_locks"
                    + " where locktype = 'advisory' and granted and objid = ?")) {
      kill.setInt(1, stripe);
      ResultSet killed = kill.executeQuery();
      assertThat(killed.next()).as("somebody holds the lock").isTrue();
      assertThat(killed.getBoolean(1)).isTrue();
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /** The records of this bucket by object key, oldest first. */
  private Map<String, List<ConsumerRecord<String, byte[]>>> records() {
    Map<String, List<ConsumerRecord<String, byte[]>>> records = new TreeMap<>();
    for (ConsumerRecord<String, byte[]> record : StateTopic.read(StateTopic.NAME)) {
      if (record.key().startsWith(bucket + "/")) {
        records
            .computeIfAbsent(record.key().substring(bucket.length() + 1), k -> new ArrayList<>())
            .add(record);
      }
    }
    return records;
  }
}
