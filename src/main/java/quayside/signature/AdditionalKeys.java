package quayside.signature;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The keys of {@code quayside.callback.keys.*}: for a stand-in of OSS on a laptop, never for
 * production.
 */
public final class AdditionalKeys {
  private static final Set<String> PROFILES = Set.of("dev", "test");

  private AdditionalKeys() {}

  /**
   * Reads the keys.
   *
   * @throws IllegalArgumentException when one is configured outside of the profiles for it, or
   *     cannot be read
   */
  public static List<PublicKey> read(
      Map<String, TrustedKeysConfig.Key> keys, List<String> profiles) {
    if (!keys.isEmpty() && (profiles.isEmpty() || !PROFILES.containsAll(profiles))) {
      throw new IllegalArgumentException(
          "quayside.callback.keys: "
              + keys.keySet()
              + " configured in profile "
              + profiles
              + "; keys beside the published one are trusted only in the profiles dev and test");
    }
    return keys.entrySet().stream().map(entry -> read(entry.getKey(), entry.getValue())).toList();
  }

  private static PublicKey read(String name, TrustedKeysConfig.Key key) {
    Path file = key.pemFile();
    try {
      return PublicKey.parse(key.url(), Files.readString(file));
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "quayside.callback.keys."
              + name
              + ".pem-file: "
              + file.toAbsolutePath()
              + " cannot be read; start the OSS stand-in, which writes it, or name another PEM file",
          e);
    }
  }
}
