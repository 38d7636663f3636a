package quayside.operate.explain;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import quayside.signature.Bytes;
import quayside.signature.ExternalPaths;
import quayside.signature.KeyRing;
import quayside.signature.RequestTarget;
import quayside.signature.SignatureCheck;
import quayside.signature.SignatureRefusal;
import quayside.signature.SignatureRefusedException;
import quayside.signature.SignatureVersion1;

/**
 * Explains captures: asks the very check of the edge first, and when that refuses, finds out why.
 * Stateless, thread-safe, no input or output; takes up to about a second.
 */
final class Explainer {
  private final KeyRing keys;
  private final SignatureCheck edge;
  private final ExternalPaths externalPaths;
  private final List<String> callbackPaths;

  /**
   * Explains as an edge with these settings decides.
   *
   * @param externalPaths what configuration restores before anything is verified
   * @param callbackPaths the paths that receive callbacks
   */
  Explainer(KeyRing keys, ExternalPaths externalPaths, List<String> callbackPaths) {
    this.keys = keys;
    this.externalPaths = externalPaths;
    this.edge = new SignatureCheck(keys, new SignatureVersion1());
    this.callbackPaths = List.copyOf(callbackPaths);
  }

  /** Why this request is accepted or not, as far as its signature goes. */
  Explanation explain(Capture received, Hints hints) {
    Capture capture = received.withTarget(externalPaths.restore(received.target()));
    Optional<SignatureRefusal> refusal = refusal(capture);
    Findings findings = new Findings(capture, refusal);
    findings.restored(received);
    Optional<SignatureReading> reading = authorization(capture, findings);
    if (reading.isEmpty()) {
      return findings.explanation(Verdict.SIGNATURE_UNUSABLE);
    }
    findings.changes.addAll(reading.get().changes());
    KeyFinding key = KeyFinding.of(capture, reading.get().signature(), keys);
    findings.key(key);
    if (!(key.block() instanceof SignedBlock.Digest digest)) {
      return findings.explanation(Verdict.NOT_SIGNED_BY_TRUSTED_KEY);
    }
    Search search =
        new Search(
            digest.md5(),
            PathVariants.of(capture, hints, callbackPaths),
            QueryVariants.of(capture, hints),
            BodyVariants.of(capture, hints));
    Optional<Search.Match> match = search.run();
    findings.search(search, match);
    return findings.explanation(verdict(match, refusal, findings));
  }

  private static Verdict verdict(
      Optional<Search.Match> match, Optional<SignatureRefusal> refusal, Findings findings) {
    if (match.isEmpty()) {
      return Verdict.SIGNED_OTHERWISE;
    }
    if (refusal.isEmpty()) {
      return Verdict.VERIFIES;
    }
    return findings.changes.isEmpty() ? Verdict.VERIFIES_BUT_REFUSED : Verdict.ACCIDENT_FOUND;
  }

  private Optional<SignatureRefusal> refusal(Capture capture) {
    try {
      edge.verify(RequestTarget.parse(capture.target()), capture.signature(), capture.body());
      return Optional.empty();
    } catch (SignatureRefusedException e) {
      return Optional.of(e.reason());
    }
  }

  private static Optional<SignatureReading> authorization(Capture capture, Findings findings) {
    headerDefects(capture, findings);
    List<String> headers = capture.all("authorization");
    if (headers.isEmpty() || headers.getFirst().isBlank()) {
      findings.signature = "there is no Authorization header";
      findings.advice.add(
          "Have the proxy or gateway pass the Authorization header; some swallow it, or refuse values"
              + " without a scheme word.");
      return Optional.empty();
    }
    Optional<SignatureReading> reading = SignatureReading.of(headers.getFirst());
    if (reading.isEmpty()) {
      findings.signature = SignatureReading.defect(headers.getFirst());
      findings.advice.add(
          "Record and hand on the Authorization header whole: 88 characters of Base64.");
    }
    return reading;
  }

  private static void headerDefects(Capture capture, Findings findings) {
    List<String> versions = capture.all("x-oss-signature-version");
    if (!versions.isEmpty() && !versions.getFirst().equals(SignatureCheck.VERSION_1)) {
      findings.changes.add(
          new Change(
              Accident.SIGNATURE_VERSION,
              "the signature version is " + versions.getFirst() + ", which is not documented"));
    }
    for (String name : List.of("authorization", "x-oss-pub-key-url", "x-oss-signature-version")) {
      if (capture.all(name).size() > 1) {
        findings.changes.add(
            new Change(Accident.HEADER_REPEATED, "the header " + name + " occurs more than once"));
      }
    }
  }

  /** What is known so far. */
  private static final class Findings {
    private final Capture capture;
    private final Optional<SignatureRefusal> refusal;
    private final Bytes stringToSign;
    private final List<Change> changes = new ArrayList<>();
    private final List<String> evidence;
    private final List<String> advice = new ArrayList<>();
    private final Set<Accident> excluded = EnumSet.noneOf(Accident.class);
    private String signature = "";
    private Optional<String> keyUrl = Optional.empty();
    private Optional<Bytes> signedMd5 = Optional.empty();
    private Optional<Bytes> signedString = Optional.empty();
    private int candidates;

    Findings(Capture capture, Optional<SignatureRefusal> refusal) {
      this.capture = capture;
      this.refusal = refusal;
      this.evidence = new ArrayList<>(Evidence.of(capture));
      String query =
          capture.query() == null || capture.query().isEmpty() ? "" : "?" + capture.query();
      this.stringToSign =
          Bytes.join(PathVariants.decode(capture.path()), Bytes.utf8(query + "\n"), capture.body());
    }

    void restored(Capture received) {
      if (!received.target().equals(capture.target())) {
        evidence.add(
            "quayside.callback.external-paths restores the path to %s before it is verified"
                .formatted(capture.path()));
      }
    }

    void key(KeyFinding finding) {
      keyUrl = Optional.ofNullable(finding.key()).map(key -> key.url());
      changes.addAll(finding.changes());
      switch (finding.block()) {
        case SignedBlock.Digest digest -> {
          signedMd5 = Optional.of(digest.md5());
          signature = "64 bytes, PKCS#1 padding and DigestInfo of MD5 are well-formed";
        }
        case SignedBlock.OtherContent other -> signature = other.description();
        case SignedBlock.Garbage garbage -> {
          signature = garbage.description() + " under any trusted key";
          advice.add(
              "Compare the Authorization header with what OSS sent. If it is the same, somebody else"
                  + " than OSS sent this request; on a laptop, name the stand-in's key.");
        }
      }
    }

    void search(Search search, Optional<Search.Match> match) {
      candidates = search.candidates();
      match.ifPresentOrElse(
          found -> {
            changes.addAll(found.changes());
            signedString = Optional.of(found.stringToSign());
          },
          () -> {
            excluded.addAll(search.tried());
            evidence.add("OSS signed another MD5 than that of the string to sign above");
            if (search.isCut()) {
              evidence.add("the request is so large that not every accident could be tried");
            }
            if (capture.query() == null || capture.query().isEmpty()) {
              advice.add(
                  "No query arrived. If callbackUrl has one, it was dropped: give it as --expect-query"
                      + " (over HTTP: query=) to be sure.");
            }
            advice.add(
                "Compare path, query and body with the callback parameter of the upload. What you know"
                    + " of them can be tried: the query, the path, a stripped prefix, the body or the"
                    + " order of its fields.");
          });
    }

    Explanation explanation(Verdict verdict) {
      if (verdict == Verdict.VERIFIES_BUT_REFUSED) {
        advice.add(RefusedTarget.advice(refusal.orElseThrow()));
      }
      List<String> all = new ArrayList<>(changes.stream().map(c -> c.accident().advice()).toList());
      all.addAll(advice);
      return new Explanation(
          capture.name(),
          verdict,
          refusal,
          keyUrl,
          stringToSign,
          Search.md5(stringToSign),
          signature,
          signedMd5,
          signedString,
          changes,
          evidence,
          excluded,
          candidates,
          all.stream().distinct().toList());
    }
  }
}
