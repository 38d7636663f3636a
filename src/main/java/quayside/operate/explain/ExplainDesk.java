package quayside.operate.explain;

import jakarta.inject.Singleton;
import java.util.List;
import quayside.signature.ExternalPaths;
import quayside.signature.KeyRing;

/**
 * Explains captures for whoever asks over HTTP, on whichever port: as JSON, grant tokens always
 * masked. Takes up to about a second of processor time for each capture; thread-safe.
 */
@Singleton
public final class ExplainDesk {
  private static final ShownText SHOWN = new ShownText(false);

  private final Explainer explainer;

  ExplainDesk(KeyRing keys, ExternalPaths externalPaths, ExplainConfig config) {
    this.explainer = new Explainer(keys, externalPaths, config.paths());
  }

  /**
   * Explains a capture, or several in one; more hints of a kind than are tried do no harm.
   *
   * @param prefixes path prefixes that a proxy may have stripped
   * @param paths whole paths
   * @param queries whole raw queries, without the question mark
   * @param fieldOrders orders of body fields: names with commas between them
   * @return JSON
   * @throws UnreadableCaptureException saying what is wrong where, as it may be shown
   */
  public String explain(
      byte[] capture,
      List<String> prefixes,
      List<String> paths,
      List<String> queries,
      List<String> fieldOrders)
      throws UnreadableCaptureException {
    Hints hints =
        new Hints(
            prefixes,
            paths,
            queries,
            List.of(),
            fieldOrders.stream().map(names -> List.of(names.split(","))).toList());
    try {
      List<Explanation> all =
          CaptureReader.read(capture).stream().map(c -> explainer.explain(c, hints)).toList();
      return ExplanationJson.of(all, SHOWN);
    } catch (UnreadableCaptureException e) {
      throw new UnreadableCaptureException(SHOWN.of(String.valueOf(e.getMessage())));
    }
  }
}
