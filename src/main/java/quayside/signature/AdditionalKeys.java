package quayside.signature;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import quayside.configuration.Problem;

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
    return ofProfiles(keys, profiles).entrySet().stream()
        .map(entry -> read(entry.getKey(), entry.getValue()))
        .toList();
  }

  /**
   * These keys, when they may be trusted.
   *
   * @throws IllegalArgumentException when the profiles do not allow any
   */
  static Map<String, TrustedKeysConfig.Key> ofProfiles(
      Map<String, TrustedKeysConfig.Key> keys, List<String> profiles) {
    if (!keys.isEmpty() && !areForThem(profiles)) {
      throw new Problem(
              "quayside.callback.keys",
              keys.keySet().toString(),
              "configured in profile "
                  + profiles
                  + "; keys beside the published one are trusted only in the profiles dev and test",
              "")
          .exception();
    }
    return keys;
  }

  /** Whether these are profiles in which keys are trusted. */
  static boolean areForThem(List<String> profiles) {
    return !profiles.isEmpty() && PROFILES.containsAll(profiles);
  }

  /**
   * Reads a key.
   *
   * @throws IllegalArgumentException when it cannot be read
   */
  static PublicKey read(String name, TrustedKeysConfig.Key key) {
    String pemFile = "quayside.callback.keys." + name + ".pem-file";
    Path file = key.pemFile();
    try {
      return PublicKey.parse(key.url(), Files.readString(file));
    } catch (IOException e) {
      throw new Problem(
              pemFile,
              file.toAbsolutePath().toString(),
              "cannot be read; start the OSS stand-in, which writes it, or name another PEM file",
              "")
          .exception();
    }
  }
}
