package quayside.operate.explain;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import quayside.signature.Bytes;
import quayside.signature.KeyRing;
import quayside.signature.PercentCoding;
import quayside.signature.PublicKey;

/**
 * The key that made a signature, tried out among the trusted ones, whatever the request names.
 *
 * @param key the key; null when none made it
 * @param block what the signature holds under it, or under the first key when none made it
 * @param changes what is wrong with the name of the key in the request
 */
record KeyFinding(@Nullable PublicKey key, SignedBlock block, List<Change> changes) {

  static KeyFinding of(Capture capture, Bytes signature, KeyRing keys) {
    List<String> headers = capture.all("x-oss-pub-key-url");
    Optional<String> named = headers.stream().findFirst().map(KeyFinding::decoded);
    List<PublicKey> trusted = distinct(keys, named.orElse(""));
    SignedBlock first = SignedBlock.read(signature, trusted.getFirst());
    for (PublicKey key : trusted) {
      SignedBlock block = SignedBlock.read(signature, key);
      if (!(block instanceof SignedBlock.Garbage)) {
        return new KeyFinding(key, block, nameDefects(headers, named, key, keys));
      }
    }
    return new KeyFinding(null, first, List.of());
  }

  // The one that is named first; each key once, also when it is known under two URLs.
  private static List<PublicKey> distinct(KeyRing keys, String named) {
    Set<BigInteger> seen = new HashSet<>();
    List<PublicKey> all = new ArrayList<>(keys.all());
    all.sort(
        Comparator.comparing((PublicKey key) -> !key.url().equals(named))
            .thenComparing(key -> !KeyRing.OSS_URLS.contains(key.url()))
            .thenComparing(PublicKey::url, Comparator.reverseOrder()));
    all.removeIf(key -> !seen.add(key.parameters().getModulus()));
    return all;
  }

  private static List<Change> nameDefects(
      List<String> headers, Optional<String> named, PublicKey key, KeyRing keys) {
    if (headers.isEmpty() || headers.getFirst().isEmpty()) {
      return List.of(
          new Change(Accident.PUB_KEY_URL_MISSING, "the x-oss-pub-key-url header is missing"));
    }
    if (named.isEmpty() || named.get().isEmpty()) {
      return List.of(
          new Change(
              Accident.PUB_KEY_URL_UNREADABLE, "the x-oss-pub-key-url header is not Base64"));
    }
    boolean same =
        keys.find(named.get())
            .filter(k -> k.parameters().getModulus().equals(key.parameters().getModulus()))
            .isPresent();
    return same
        ? List.of()
        : List.of(
            new Change(
                Accident.PUB_KEY_URL_FOREIGN,
                "the request names the key "
                    + named.get()
                    + ", but the key of "
                    + key.url()
                    + " signed"));
  }

  private static @Nullable String decoded(String header) {
    try {
      byte[] url = Base64.getDecoder().decode(header.getBytes(StandardCharsets.UTF_8));
      return PercentCoding.strictUtf8(url);
    } catch (IllegalArgumentException notBase64) {
      return null;
    }
  }
}
