package quayside.operate.redrive;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some dead letters.
 *
 * @param deadLetters by topic, partition and offset
 * @param nextCursor the {@code cursor} of the next page; null when all have been looked at. A page
 *     can be short and have a next one: a request looks for a bounded time
 */
public record DeadLetterPage(List<DeadLetterView> deadLetters, @Nullable String nextCursor) {}
