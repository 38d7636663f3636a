package quayside.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import quayside.sink.HeldRecords.Held;

/** When a held record is given out, and how far a partition may be committed meanwhile. */
class HeldRecordsTest {
  private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

  private final HeldRecords<String, String> held = new HeldRecords<>();

  @Test
  void recordThatIsDueSoon_doesNotWaitForOneBeforeItThatIsDueLate() {
    hold("p", 0, 300);
    hold("p", 1, 5);

    assertThat(held.nextDue(NOON.plusSeconds(4))).isEmpty();
    assertThat(held.nextDue(NOON.plusSeconds(5))).map(Held::offset).contains(1L);
    assertThat(held.nextDue(NOON.plusSeconds(5))).isEmpty();
  }

  @Test
  void commit_neverPassesWhatIsNotDone() {
    hold("p", 10, 300);
    hold("p", 11, 0);
    hold("q", 7, 0);
    assertThat(held.newlyCommittable()).containsEntry("p", 10L).containsEntry("q", 7L);

    held.done(held.nextDue(NOON).orElseThrow());
    held.done(held.nextDue(NOON).orElseThrow());
    assertThat(held.newlyCommittable()).containsOnlyKeys("q").containsEntry("q", 8L);

    held.done(held.nextDue(NOON.plusSeconds(300)).orElseThrow());
    assertThat(held.newlyCommittable()).containsOnlyKeys("p").containsEntry("p", 12L);
    assertThat(held.newlyCommittable()).isEmpty();
  }

  @Test
  void partitionThatIsGiven_isForgottenAlsoByWhatIsAtWork() {
    hold("p", 0, 0);
    hold("p", 1, 60);
    hold("q", 0, 60);
    Held<String, String> atWork = held.nextDue(NOON).orElseThrow();

    held.forget(List.of("p"));
    held.done(atWork);
    held.waitAgain(atWork);

    assertThat(held.size()).isEqualTo(1);
    assertThat(held.nextDue(NOON.plusSeconds(60))).map(Held::partition).contains("q");
    assertThat(held.nextDue(NOON.plusSeconds(60))).isEmpty();
  }

  @Test
  void recordAtWork_countsAsHeld() {
    hold("p", 0, 0);
    Held<String, String> atWork = held.nextDue(NOON).orElseThrow();
    assertThat(held.size()).isEqualTo(1);

    held.done(atWork);

    assertThat(held.size()).isZero();
  }

  private void hold(String partition, long offset, int dueInSeconds) {
    held.hold(new Held<>(partition, offset, NOON.plusSeconds(dueInSeconds), partition + offset));
  }
}
