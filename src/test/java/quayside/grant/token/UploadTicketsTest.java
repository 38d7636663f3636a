package quayside.grant.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tickets come back as they went, or not at all. */
class UploadTicketsTest {
  private static final GrantKeyRing KEYS =
      GrantScenario.ring("k1", Map.of("k1", GrantScenario.SECRET));
  private static final UploadTicket TICKET =
      new UploadTicket(
          GrantScenario.grant(new KeyScope.Exactly("上传/a b.png")),
          "backend",
          "V1",
          Map.of("album", "7\"&照片", "empty", ""));

  private final String text = at(GrantScenario.NOW, KEYS).mint(TICKET);

  @Test
  void ticket_comesBackAsItWent() throws Exception {
    assertThat(at(GrantScenario.NOW.plusSeconds(599), KEYS).verify(text)).isEqualTo(TICKET);
  }

  @Test
  void anyOtherCharacter_isRefused() {
    for (int i = 0; i < text.length(); i++) {
      char other = text.charAt(i) == 'A' ? 'B' : 'A';
      String changed = text.substring(0, i) + other + text.substring(i + 1);

      assertThatThrownBy(() -> at(GrantScenario.NOW, KEYS).verify(changed))
          .as(changed)
          .isInstanceOf(GrantRefusedException.class);
    }
  }

  @Test
  void afterItsGrant_isRefused() {
    assertThat(reason(at(GrantScenario.NOW.plusSeconds(600), KEYS), text))
        .isEqualTo(GrantRefusal.EXPIRED);
  }

  @Test
  void keyThatIsGone_orAnother_isRefused() {
    GrantKeyRing others = GrantScenario.ring("k2", Map.of("k2", GrantScenario.SECRET));
    GrantKeyRing same = GrantScenario.ring("k1", Map.of("k1", GrantScenario.OTHER_SECRET));

    assertThat(reason(at(GrantScenario.NOW, others), text)).isEqualTo(GrantRefusal.UNKNOWN_KEY);
    assertThat(reason(at(GrantScenario.NOW, same), text)).isEqualTo(GrantRefusal.SIGNATURE);
  }

  /** One would prove what only the other is good for. */
  @Test
  void grantTokensAndTickets_areNotTakenForOneAnother() {
    String token = new GrantTokens(() -> KEYS).mint(TICKET.grant());
    GrantVerifier verifier =
        new GrantVerifier(() -> KEYS, Clock.fixed(GrantScenario.NOW, ZoneOffset.UTC));
    ReportedUpload upload = new ReportedUpload("photos", "上传/a b.png", 1L, "image/png");

    assertThat(reason(at(GrantScenario.NOW, KEYS), token)).isEqualTo(GrantRefusal.MALFORMED);
    assertThat(reason(at(GrantScenario.NOW, KEYS), "m1" + token.substring(2)))
        .isEqualTo(GrantRefusal.SIGNATURE);
    assertThatThrownBy(() -> verifier.verify(text, upload))
        .isInstanceOf(GrantRefusedException.class);
    assertThatThrownBy(() -> verifier.verify("q1" + text.substring(2), upload))
        .isInstanceOf(GrantRefusedException.class);
  }

  private static UploadTickets at(Instant now, GrantKeyRing keys) {
    return new UploadTickets(() -> keys, Clock.fixed(now, ZoneOffset.UTC));
  }

  private static GrantRefusal reason(UploadTickets tickets, String text) {
    try {
      tickets.verify(text);
      throw new AssertionError("accepted");
    } catch (GrantRefusedException e) {
      return e.reason();
    }
  }
}
