package quayside.console.desk;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the one who asks is and can do here.
 *
 * @param name holder of the API key, or subject of the bearer token; null for nobody
 * @param operator whether dead letters may be moved back
 * @param authentication what callers can prove themselves with
 * @param uploads what uploads are granted
 */
public record Session(
    @Nullable String name, boolean operator, Authentication authentication, Uploads uploads) {

  /**
   * What callers can prove themselves with.
   *
   * @param apiKeys an API key, in the header {@code X-Api-Key}
   * @param bearerTokens a bearer token
   */
  public record Authentication(boolean apiKeys, boolean bearerTokens) {}

  /**
   * What uploads are granted.
   *
   * @param enabled whether any are
   * @param reason why not, for people; null when they are
   * @param buckets where to
   * @param maxSize bytes of the largest object that any of them may be given; null without buckets
   */
  public record Uploads(
      boolean enabled, @Nullable String reason, List<String> buckets, @Nullable Long maxSize) {
    public Uploads {
      buckets = List.copyOf(buckets);
    }
  }
}
