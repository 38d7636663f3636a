package quayside.operate.explain;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import quayside.signature.Bytes;
import quayside.signature.SignatureRefusal;

/**
 * Why a callback does or does not verify.
 *
 * @param name what the capture is called; empty when it has no name
 * @param verdict the outcome
 * @param refusal why the edge refuses it; empty when its signature and target are accepted
 * @param keyUrl the key whose signature it is; empty when none of the trusted ones
 * @param stringToSign as the request gives it
 * @param computedMd5 its MD5
 * @param signature what became of the signature, in words
 * @param signedMd5 the MD5 that OSS signed; empty when the signature does not hold one
 * @param signedString the string that OSS signed, when it could be restored
 * @param changes the accidents that explain the difference
 * @param evidence what else the request tells, in words
 * @param excluded the accidents that were looked for and are not the cause
 * @param candidates strings to sign that were tried
 * @param advice what to do
 */
record Explanation(
    String name,
    Verdict verdict,
    Optional<SignatureRefusal> refusal,
    Optional<String> keyUrl,
    Bytes stringToSign,
    Bytes computedMd5,
    String signature,
    Optional<Bytes> signedMd5,
    Optional<Bytes> signedString,
    List<Change> changes,
    List<String> evidence,
    Set<Accident> excluded,
    int candidates,
    List<String> advice) {

  Explanation {
    changes = List.copyOf(changes);
    evidence = List.copyOf(evidence);
    excluded = Set.copyOf(excluded);
    advice = List.copyOf(advice);
  }

  /** Whether signature and target are accepted as they were received. */
  boolean isVerified() {
    return verdict == Verdict.VERIFIES;
  }
}
