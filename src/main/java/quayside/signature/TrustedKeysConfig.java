package quayside.signature;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import java.nio.file.Path;
import java.util.Map;

/** Keys trusted beside the published one. Checked when the service starts. */
@ConfigMapping(prefix = "quayside.callback.keys")
public interface TrustedKeysConfig {

  /** Public keys, by a name of your choice. Only in the dev and test profiles. */
  @WithParentName
  Map<String, Key> keys();

  /** A public key. */
  interface Key {
    /** The URL by which callbacks name the key. It is never fetched. */
    String url();

    /** File with the key in PEM. */
    Path pemFile();
  }
}
