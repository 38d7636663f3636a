package quayside.signature;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import quayside.configuration.Checked;
import quayside.configuration.Problems;

/** Keys trusted beside the published one. Checked when the service starts. */
@ConfigMapping(prefix = "quayside.callback.keys")
public interface TrustedKeysConfig extends Checked {

  /** Public keys, by a name of your choice. Only in the dev and test profiles. */
  @WithParentName
  Map<String, Key> keys();

  @Override
  default void check(Problems problems) {
    problems.attempt(() -> AdditionalKeys.ofProfiles(keys(), problems.profiles()));
    if (AdditionalKeys.areForThem(problems.profiles())) {
      keys()
          .forEach((name, key) ->
              problems.attempt(
                  "quayside.callback.keys." + name + ".pem-file",
                  "",
                  () -> new KeyRing(List.of(AdditionalKeys.read(name, key)))));
    }
  }

  /** A public key. */
  interface Key {
    /** The URL by which callbacks name the key. It is never fetched. */
    String url();

    /** File with the key in PEM. */
    Path pemFile();
  }
}
