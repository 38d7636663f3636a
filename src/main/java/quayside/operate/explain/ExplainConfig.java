package quayside.operate.explain;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;

/** What explaining needs to know of the callback edge. */
@ConfigMapping(prefix = "quayside.callback")
public interface ExplainConfig {

  /** Paths that receive callbacks: the first guess for what a proxy stripped. */
  @WithDefault("/oss/callback")
  List<String> paths();
}
