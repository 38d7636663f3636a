package quayside.operate.redrive;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which dead letters are meant: those that meet every condition. A condition that is null, or an
 * empty list, is met by all.
 *
 * @param group consumer group that gave them up
 * @param topic topic they were first read from
 * @param ids event ids, or positions {@code topic/partition/offset} of the dead letters themselves
 * @param bucket bucket of the object
 * @param key key of the object
 * @param prefix beginning of the key
 * @param cause stable code
 * @param from set aside at this time or later
 * @param to set aside before this time
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record DeadLetterFilter(
    @Nullable String group,
    @Nullable String topic,
    @Nullable List<String> ids,
    @Nullable String bucket,
    @Nullable String key,
    @Nullable String prefix,
    @Nullable String cause,
    @Nullable String from,
    @Nullable String to) {
  /** Most ids of one request. */
  public static final int MAX_IDS = 1000;

  public DeadLetterFilter {
    ids = ids == null ? List.of() : List.copyOf(ids);
    if (ids.size() > MAX_IDS) {
      throw new IllegalArgumentException("ids: has " + ids.size() + ", at most " + MAX_IDS);
    }
    time("from", from);
    time("to", to);
  }

  /** Whether it leaves anything out. */
  public boolean hasCondition() {
    return group != null
        || topic != null
        || !idList().isEmpty()
        || bucket != null
        || key != null
        || prefix != null
        || cause != null
        || from != null
        || to != null;
  }

  /** The ids; empty for all. */
  public List<String> idList() {
    return ids == null ? List.of() : ids;
  }

  /** The first time that is meant; null for all. */
  public @Nullable Instant fromTime() {
    return time("from", from);
  }

  /** The first time that is not meant any more; null for all. */
  public @Nullable Instant toTime() {
    return time("to", to);
  }

  private static @Nullable Instant time(String name, @Nullable String text) {
    try {
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          name + ": " + text + " is not an RFC 3339 time in UTC, as 2026-01-31T12:00:00Z", e);
    }
  }
}
