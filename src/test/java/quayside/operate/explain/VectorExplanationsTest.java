package quayside.operate.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import quayside.signature.ExternalPaths;
import quayside.signature.ExternalPathsConfig;
import quayside.signature.KeyRing;
import quayside.signature.SignatureRefusal;

/** Every real callback verifies, and every known mistake made with one is named. */
class VectorExplanationsTest {
  private static final Path FOLDER = Path.of("src/test/resources/vectors");

  /** What each mistake is called; a mistake that is new in the file fails the test. */
  private static final Map<String, Accident> MISTAKES =
      Map.of(
          "json-repaired", Accident.JSON_REPAIRED,
          "form-as-json", Accident.FORM_AS_JSON,
          "form-decoded", Accident.FORM_DECODED,
          "query-reordered", Accident.QUERY_REORDERED,
          "body-newline-added", Accident.BODY_NEWLINE_ADDED);

  private final Explainer explainer =
      new Explainer(new KeyRing(List.of()), new ExternalPaths(Map.of()), List.of("/oss/callback"));

  static Stream<Path> realCallbacks() throws IOException {
    return Files.list(FOLDER).filter(file -> file.toString().endsWith(".json")).sorted();
  }

  static List<Capture> mistakes() {
    return captures(FOLDER.resolve("negative/receiver-mistakes.json"));
  }

  static List<Capture> ambiguous() {
    return captures(FOLDER.resolve("negative/ambiguous-targets.json"));
  }

  @ParameterizedTest
  @MethodSource("realCallbacks")
  void realCallback_verifies(Path file) {
    Explanation explanation = explain(captures(file).getFirst(), Hints.NONE);

    assertThat(explanation.verdict()).isEqualTo(Verdict.VERIFIES);
    assertThat(explanation.signedMd5()).contains(explanation.computedMd5());
    assertThat(explanation.refusal()).isEmpty();
    assertThat(explanation.changes()).isEmpty();
  }

  /** As the edge decides: what configuration restores is verified, not what arrived. */
  @Test
  void pathThatConfigurationRestores_verifies() {
    record Stripped(String received, String dialled) implements ExternalPathsConfig.ExternalPath {}
    Capture real = captures(FOLDER.resolve("docs-index-php.json")).getFirst();
    Explainer behindProxy =
        new Explainer(
            new KeyRing(List.of()),
            new ExternalPaths(Map.of("proxy", new Stripped("/cb", "/index.php"))),
            List.of("/index.php"));

    Explanation explanation =
        behindProxy.explain(real.withTarget("/cb?" + real.query()), Hints.NONE);

    assertThat(explanation.verdict()).isEqualTo(Verdict.VERIFIES);
    assertThat(explanation.evidence())
        .anyMatch(line -> line.contains("external-paths restores the path to /index.php"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void mistake_isNamed(Capture capture) {
    Explanation explanation = explain(capture, Hints.NONE);

    if (capture.name().equals("query-dropped")) {
      assertUnrecoverable(explanation);
    } else {
      assertThat(explanation.verdict()).isEqualTo(Verdict.ACCIDENT_FOUND);
      assertThat(explanation.changes())
          .extracting(Change::accident)
          .containsExactly(MISTAKES.get(capture.name()));
      assertThat(explanation.signedString().map(Search::md5)).isEqualTo(explanation.signedMd5());
      assertThat(explanation.advice()).isNotEmpty();
    }
  }

  /** Nothing of a dropped query is left: what is known is said, and a hint settles it. */
  private static void assertUnrecoverable(Explanation explanation) {
    assertThat(explanation.verdict()).isEqualTo(Verdict.SIGNED_OTHERWISE);
    assertThat(explanation.signedMd5()).isPresent();
    assertThat(explanation.signedMd5()).isNotEqualTo(Optional.of(explanation.computedMd5()));
    assertThat(explanation.excluded())
        .contains(
            Accident.PATH_PREFIX_STRIPPED,
            Accident.PATH_SLASHES_MERGED,
            Accident.QUESTION_MARK_MISSING,
            Accident.BODY_NEWLINE_ADDED,
            Accident.FORM_REENCODED)
        .doesNotContain(Accident.QUERY_DROPPED, Accident.QUERY_REORDERED);
    assertThat(explanation.advice()).first().asString().contains("--expect-query");
  }

  @Test
  void droppedQuery_isNamedOnceItIsKnown() {
    Capture dropped =
        mistakes().stream().filter(c -> c.name().equals("query-dropped")).findFirst().orElseThrow();
    Hints hints =
        new Hints(List.of(), List.of(), List.of("no=1", "id=1&index=2"), List.of(), List.of());

    Explanation explanation = explain(dropped, hints);

    assertThat(explanation.verdict()).isEqualTo(Verdict.ACCIDENT_FOUND);
    assertThat(explanation.changes())
        .extracting(Change::accident)
        .containsExactly(Accident.QUERY_DROPPED);
  }

  @ParameterizedTest
  @MethodSource("ambiguous")
  void ambiguousTarget_verifiesAndIsRefused(Capture capture) {
    Explanation explanation = explain(capture, Hints.NONE);

    assertThat(explanation.verdict()).isEqualTo(Verdict.VERIFIES_BUT_REFUSED);
    assertThat(explanation.refusal()).contains(SignatureRefusal.TARGET_AMBIGUOUS);
    assertThat(explanation.signedMd5()).contains(explanation.computedMd5());
    assertThat(explanation.isVerified()).isFalse();
    assertThat(explanation.advice()).singleElement().asString().contains("replays").contains("%3F");
  }

  private Explanation explain(Capture capture, Hints hints) {
    return explainer.explain(capture, hints);
  }

  private static List<Capture> captures(Path file) {
    try {
      return CaptureReader.read(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (UnreadableCaptureException e) {
      throw new AssertionError(e);
    }
  }
}
