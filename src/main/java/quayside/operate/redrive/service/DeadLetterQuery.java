package quayside.operate.redrive.service;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import quayside.operate.redrive.DeadLetterFilter;
import quayside.operate.redrive.Position;

/**
 * A request for a page of dead letters.
 *
 * @param filter which ones
 * @param start where to go on; null for the beginning
 * @param limit most on the page
 * @param redriven whether those that were moved back are shown, too
 */
public record DeadLetterQuery(
    DeadLetterFilter filter, @Nullable Position start, int limit, boolean redriven) {
  private static final int DEFAULT_LIMIT = 50;
  private static final int MAX_LIMIT = 500;

  /**
   * Reads the parameters of a request; an empty one is as if it were not there.
   *
   * @param parameter gives the value of a parameter, null when it is absent
   * @param ids every value of the parameter {@code id}
   * @throws DeadLetterException naming the parameter that breaks a rule
   */
  public static DeadLetterQuery parse(UnaryOperator<@Nullable String> parameter, List<String> ids) {
    UnaryOperator<@Nullable String> given =
        name -> {
          String value = parameter.apply(name);
          return value == null || value.isEmpty() ? null : value;
        };
    return new DeadLetterQuery(
        filter(given, ids),
        start(given.apply("cursor")),
        limit(given.apply("limit")),
        "true".equals(given.apply("redriven")));
  }

  private static DeadLetterFilter filter(UnaryOperator<@Nullable String> given, List<String> ids) {
    try {
      return new DeadLetterFilter(
          given.apply("group"),
          given.apply("topic"),
          ids,
          given.apply("bucket"),
          given.apply("key"),
          given.apply("prefix"),
          given.apply("cause"),
          given.apply("from"),
          given.apply("to"));
    } catch (IllegalArgumentException e) {
      throw DeadLetterException.badRequest(String.valueOf(e.getMessage()));
    }
  }

  private static @Nullable Position start(@Nullable String cursor) {
    Optional<Position> start = cursor == null ? Optional.empty() : Position.parse(cursor);
    if (cursor != null && start.isEmpty()) {
      throw DeadLetterException.badRequest("cursor: must be the nextCursor of a page");
    }
    return start.orElse(null);
  }

  private static int limit(@Nullable String text) {
    try {
      int limit = text == null ? DEFAULT_LIMIT : Integer.parseInt(text);
      if (limit >= 1 && limit <= MAX_LIMIT) {
        return limit;
      }
    } catch (NumberFormatException e) {
      // As any other number that is out of range.
    }
    throw DeadLetterException.badRequest("limit: must be 1 to " + MAX_LIMIT);
  }
}
