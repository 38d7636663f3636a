package quayside.grant.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class UsedGrantsTest {
  private final SettableClock clock = new SettableClock();
  private final UsedGrants used = new UsedGrants(3, clock);

  @Test
  void grant_isGoodForOneUpload() throws GrantRefusedException {
    used.claim(grant(1, 60), "event-a");

    assertThatThrownBy(() -> used.claim(grant(1, 60), "event-b"))
        .isInstanceOfSatisfying(
            GrantRefusedException.class,
            e -> assertThat(e.reason()).isEqualTo(GrantRefusal.REPLAYED));
    assertThatCode(() -> used.claim(grant(2, 60), "event-b")).doesNotThrowAnyException();
  }

  /** OSS tries several callback URLs in turn; one upload can call back twice. */
  @Test
  void sameUploadAgain_isNoReplay() throws GrantRefusedException {
    used.claim(grant(1, 60), "event-a");
    used.claim(grant(1, 60), "event-a");

    assertThat(used.size()).isEqualTo(1);
  }

  /**
   * The event did not become durable, OSS told the uploader, who uploads again with the same form.
   */
  @Test
  void releasedGrant_canBeUsedForAnotherUpload() throws GrantRefusedException {
    used.claim(grant(1, 60), "event-a");
    used.release(grant(1, 60), "event-a");

    used.claim(grant(1, 60), "event-b");

    assertThat(used.size()).isEqualTo(1);
  }

  @Test
  void release_ofAnotherUpload_changesNothing() throws GrantRefusedException {
    used.claim(grant(1, 60), "event-a");

    used.release(grant(1, 60), "event-b");
    used.release(grant(9, 60), "event-a");

    assertThatThrownBy(() -> used.claim(grant(1, 60), "event-b"))
        .isInstanceOf(GrantRefusedException.class);
  }

  @Test
  void memory_isBoundedAndForgetsWhatExpiresFirst() throws GrantRefusedException {
    for (int i = 1; i <= 100; i++) {
      used.claim(grant(i, i * 60), "event-" + i);
      assertThat(used.size()).isLessThanOrEqualTo(3);
    }

    assertThat(used.forgotten()).isEqualTo(97);
    assertThatThrownBy(() -> used.claim(grant(100, 6000), "other"))
        .isInstanceOf(GrantRefusedException.class);
    assertThatCode(() -> used.claim(grant(1, 60), "other")).doesNotThrowAnyException();
  }

  /** When all expire in the same minute, the newest claim is the one that stays. */
  @Test
  void fullMemory_remembersTheNewestClaim() throws GrantRefusedException {
    for (int i = 1; i <= 10; i++) {
      used.claim(grant(i, 60), "event");
      int claimed = i;
      assertThatThrownBy(() -> used.claim(grant(claimed, 60), "other"))
          .isInstanceOf(GrantRefusedException.class);
    }
  }

  @Test
  void expiredGrants_areDropped() throws GrantRefusedException {
    used.claim(grant(1, 30), "event-a");
    used.claim(grant(2, 3000), "event-b");

    clock.now = GrantScenario.NOW.plusSeconds(600);
    used.claim(grant(3, 3000), "event-c");

    assertThat(used.size()).isEqualTo(2);
    assertThat(used.forgotten()).isZero();
  }

  @Test
  void parallelReplays_onlyOneWins() throws Exception {
    List<Callable<Boolean>> claims = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      String eventId = "event-" + i;
      claims.add(() -> {
        try {
          used.claim(grant(1, 60), eventId);
          return true;
        } catch (GrantRefusedException e) {
          return false;
        }
      });
    }
    int winners = 0;
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (Future<Boolean> claim : threads.invokeAll(claims)) {
        winners += claim.get() ? 1 : 0;
      }
    }

    assertThat(winners).isEqualTo(1);
  }

  private static VerifiedGrant grant(long id, long expiresInSeconds) {
    return new VerifiedGrant(
        new Grant(
            new GrantId(0, id),
            "photos",
            new KeyScope.Exactly("a"),
            1,
            Set.of(),
            "alice",
            GrantScenario.NOW.plusSeconds(expiresInSeconds)),
        "k1");
  }

  private static final class SettableClock extends Clock {
    private Instant now = GrantScenario.NOW;

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
