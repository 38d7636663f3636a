package quayside.signature;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The trusted public keys by their exact URL: the published OSS key, pinned, and for the laptop's
 * OSS stand-in what the configuration adds. A URL is a name here; nothing is ever fetched.
 * Immutable.
 */
public final class KeyRing {
  /** Both spellings occur in real callbacks. Nothing else on that host is trusted. */
  public static final List<String> OSS_URLS =
      List.of(
          "https://gosspublic.alicdn.com/callback_pub_key_v1.pem",
          "http://gosspublic.alicdn.com/callback_pub_key_v1.pem");

  private static final String PINNED = "callback_pub_key_v1.pem";

  private final Map<String, PublicKey> keys = new HashMap<>();

  /**
   * The pinned key and others.
   *
   * @throws IllegalArgumentException when two keys claim one URL
   */
  public KeyRing(List<PublicKey> additional) {
    OSS_URLS.forEach(url -> keys.put(url, PublicKey.parse(url, pinned())));
    for (PublicKey key : additional) {
      if (keys.putIfAbsent(key.url(), key) != null) {
        throw new IllegalArgumentException("key of " + key.url() + ": this URL has a key already");
      }
    }
  }

  /** The key known under exactly this URL. */
  public Optional<PublicKey> find(String url) {
    return Optional.ofNullable(keys.get(url));
  }

  /** All of them, in no order. */
  public Collection<PublicKey> all() {
    return Collections.unmodifiableCollection(keys.values());
  }

  private static String pinned() {
    try (InputStream resource = KeyRing.class.getResourceAsStream(PINNED)) {
      if (resource == null) {
        throw new IllegalStateException(PINNED + " is missing from the application");
      }
      return new String(resource.readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
