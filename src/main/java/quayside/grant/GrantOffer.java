package quayside.grant;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What uploads this instance grants.
 *
 * @param obstacle why it grants none now, for people; null when it does
 * @param buckets where to
 * @param maxSizeBytes the largest object that any of them may be given; null without buckets
 */
public record GrantOffer(
    @Nullable String obstacle, List<String> buckets, @Nullable Long maxSizeBytes) {
  public GrantOffer {
    buckets = List.copyOf(buckets);
  }
}
