package quayside.signature;

import io.smallrye.config.ConfigMapping;
import java.util.Map;
import quayside.configuration.Checked;
import quayside.configuration.Problems;

/** What proxies make of the paths that OSS dials. */
@ConfigMapping(prefix = "quayside.callback")
public interface ExternalPathsConfig extends Checked {

  /**
   * Paths that a proxy in front rewrites, by a name of your choice. What arrives under {@code
   * received}, as in {@code /cb}, was dialled under {@code dialled}, as in {@code
   * /gateway/oss/callback}, which then also belongs in {@code quayside.callback.paths}. Prefixes of
   * whole segments, replaced in the raw target before it is verified; what follows them stays as it
   * is, and so does the query. {@code /} stands for every path.
   */
  Map<String, ExternalPath> externalPaths();

  @Override
  default void check(Problems problems) {
    externalPaths()
        .forEach((name, path) -> problems.attempt(() -> new ExternalPaths(Map.of(name, path))));
    problems.attempt(() -> new ExternalPaths(externalPaths()));
  }

  /** A path that a proxy rewrites. */
  interface ExternalPath {
    /** Under which path requests arrive here. */
    String received();

    /** Under which path OSS dialled them. */
    String dialled();
  }
}
