package quayside.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import quayside.signature.KeyRing;
import quayside.signature.SignatureVersion1;

/**
 * The real callbacks, through the verifier alone. Failures are collected, so that one run shows all
 * of them.
 */
class VectorsTest {
  private final CallbackVerifier verifier =
      new CallbackVerifier(new KeyRing(List.of()), new SignatureVersion1());

  @Test
  void realCallbacks_areAccepted() {
    assertThat(Vector.accepted()).hasSizeGreaterThanOrEqualTo(5);
    assertThat(outcomes(Vector.accepted())).allMatch(outcome -> outcome.endsWith(": accepted"));
  }

  @Test
  void receiverMistakes_areRefused() {
    assertThat(Vector.mistakes()).hasSizeGreaterThanOrEqualTo(6);
    assertThat(outcomes(Vector.mistakes()))
        .allMatch(outcome -> outcome.endsWith(": signature-mismatch"));
  }

  /** They verify: only the check of the target keeps them out. */
  @Test
  void ambiguousTargets_areRefused() {
    assertThat(Vector.ambiguous()).isNotEmpty();
    assertThat(outcomes(Vector.ambiguous()))
        .allMatch(outcome -> outcome.endsWith(": target-ambiguous"));
  }

  @Test
  void selfTest_verifiesTheDocumentedCallback() {
    assertThatCode(() -> verifier.testItself()).doesNotThrowAnyException();
  }

  private List<String> outcomes(List<Vector> vectors) {
    List<String> outcomes = new ArrayList<>();
    for (Vector vector : vectors) {
      outcomes.add(vector.name() + ": " + outcome(vector));
    }
    return outcomes;
  }

  private String outcome(Vector vector) {
    try {
      verifier.verify(vector.unverified());
      return "accepted";
    } catch (CallbackRefusedException e) {
      return e.reason().code();
    }
  }
}
