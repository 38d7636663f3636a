package quayside.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Events arrive more than once, in any order, beside what is no event, or too many of one object.
 */
@Tag("chaos")
class DeliveryFaultsIT {
  private static final int UPLOADS = 200;
  private static final int TIMES = 10;
  private static final long SEED = 20_260_131;
  private static final String CAPTURED = "chaos.captured";
  private static final List<String> SINKS = List.of("catalog", "search", "thumbnail");
  private static final List<String> POISON = List.of("not JSON", "[]", "{\"bucket\":7}");

  /** Not even the first deliveries are in order: an edge without sinks keeps them back. */
  @Test
  void everyEventTenTimesShuffled() throws Exception {
    try (Scenario scenario = Scenario.begin("every event ten times, shuffled")) {
      Instance edge = scenario.instance("edge", edgeOnly());
      edge.start();
      scenario.receiver(edge);
      scenario.upload(UPLOADS);
      scenario.uploads.awaitEnd();
      edge.stop();
      List<ConsumerRecord<String, byte[]>> shuffled = new ArrayList<>();
      scenario.kafka.read(CAPTURED).stream()
          .filter(record -> record.key().contains(scenario.folder))
          .forEach(record -> shuffled.addAll(Collections.nCopies(TIMES, record)));
      Collections.shuffle(shuffled, new Random(SEED));
      assertThat(shuffled).hasSize(TIMES * UPLOADS);

      scenario.kafka.write(Stack.UPLOADED, shuffled);

      scenario.assertConverged();
    }
  }

  /** Only the poison is set aside, once by each sink; what is beside it in a batch is not. */
  @Test
  void poisonEveryHundred() throws Exception {
    try (Scenario scenario = Scenario.begin("a poison event every hundred")) {
      scenario.upload(POISON.size() * 100);
      for (int i = 0; i < POISON.size(); i++) {
        scenario.uploads.awaitSent(i * 100 + 50);
        String key = "uploads/" + scenario.folder + "poison";
        scenario.kafka.writePoison(Stack.UPLOADED, key, POISON.get(i));
      }
      scenario.assertConverged(POISON.size() * SINKS.size());

      assertThat(scenario.deadLetters()).allMatch(letter -> letter.endsWith("poison"));
    }
  }

  @Test
  void oneObjectOverwrittenAHundredTimesConcurrently() throws Exception {
    try (Scenario scenario = Scenario.begin("one object overwritten 100 times concurrently")) {
      scenario.uploads.begin(Upload.versions(scenario.folder, 100), 500);
      scenario.assertConverged();
    }
  }

  private static Map<String, String> edgeOnly() {
    Map<String, String> settings = new HashMap<>();
    settings.put("quayside.topics.object-uploaded", CAPTURED);
    Stream.of(
            "catalog-uploaded",
            "catalog-thumbnailed",
            "catalog-deleted",
            "search-uploaded",
            "search-thumbnailed",
            "search-deleted",
            "thumbnail-uploaded",
            "timeline",
            "state",
            "state-retries")
        .forEach(sink -> settings.put("mp.messaging.incoming." + sink + ".enabled", "false"));
    return settings;
  }
}
