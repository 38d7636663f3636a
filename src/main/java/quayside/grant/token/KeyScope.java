package quayside.grant.token;

import java.nio.charset.StandardCharsets;

/** Which object keys a grant is for. */
public sealed interface KeyScope {
  /** Longest object key in UTF-8 bytes (OSS documentation, object naming). */
  int MAX_KEY_BYTES = 1023;

  /** Exactly one key. */
  record Exactly(String key) implements KeyScope {
    public Exactly {
      requireKey("key", key);
    }

    @Override
    public String text() {
      return key;
    }
  }

  /** Every key that begins with the prefix and goes on after it. */
  record Under(String prefix) implements KeyScope {
    public Under {
      requireKey("prefix", prefix);
    }

    @Override
    public String text() {
      return prefix;
    }
  }

  /** The key or the prefix. */
  String text();

  /** Whether the key is one of these. */
  default boolean contains(String key) {
    return switch (this) {
      case Exactly(String exact) -> exact.equals(key);
      case Under(String prefix) -> key.startsWith(prefix) && key.length() > prefix.length();
    };
  }

  private static void requireKey(String field, String key) {
    int bytes = key.getBytes(StandardCharsets.UTF_8).length;
    if (bytes < 1 || bytes > MAX_KEY_BYTES) {
      throw new IllegalArgumentException(field + " must have 1 to " + MAX_KEY_BYTES + " bytes");
    }
  }
}
