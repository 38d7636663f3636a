package quayside.grant.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import quayside.configuration.Problem;

/**
 * The API keys we accept. Only their hashes are known here, so a leaked configuration opens
 * nothing; a key must therefore be random and long, such as 32 hexadecimal digits. Immutable,
 * thread-safe.
 */
public final class ApiKeys {
  private record Entry(String holder, String sha256) {}

  private final List<Entry> entries = new ArrayList<>();

  /**
   * The accepted keys.
   *
   * @param sha256ByHolder SHA-256 of each key in hexadecimal digits, by the name of its holder
   */
  public ApiKeys(Map<String, List<String>> sha256ByHolder) {
    sha256ByHolder.forEach((holder, hashes) ->
        hashes.forEach(hash -> entries.add(new Entry(holder, requireHash(holder, hash)))));
  }

  /** Whether no key would be accepted. */
  public boolean isEmpty() {
    return entries.isEmpty();
  }

  /** Whose key it is; takes as long for a wrong key as for a right one. */
  Optional<String> holderOf(String key) {
    byte[] given = sha256(key).getBytes(StandardCharsets.US_ASCII);
    Optional<String> holder = Optional.empty();
    for (Entry entry : entries) {
      if (MessageDigest.isEqual(entry.sha256().getBytes(StandardCharsets.US_ASCII), given)) {
        holder = Optional.of(entry.holder());
      }
    }
    return holder;
  }

  private static String requireHash(String holder, String hash) {
    String lowerCase = hash.strip().toLowerCase(Locale.ROOT);
    if (!lowerCase.matches("[0-9a-f]{64}")) {
      throw new Problem(
              "quayside.grant.api-keys." + holder,
              hash,
              "must be a SHA-256 in 64 hexadecimal digits",
              "the output of printf %s \"$KEY\" | sha256sum")
          .exception();
    }
    return lowerCase;
  }

  private static String sha256(String key) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(key.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
