package quayside.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import quayside.contract.AsyncApi;

/** The headers of retries and dead letters are those of the AsyncAPI document. */
class SetAsideHeadersTest {
  private static final AsyncApi API = AsyncApi.current();
  private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
  private static final RecordOrigin UNTRIED =
      new RecordOrigin("oss.object.uploaded.v1", 3, 4711, 1795334400123L, 0, null);

  @Test
  void headersOfARetry_areDocumented() {
    Map<String, String> first = retry(UNTRIED).headers();
    Map<String, String> second = retry(UNTRIED.failed(NOW)).headers();

    assertThat(API.headerFailures("retry", first)).isEmpty();
    assertThat(API.headerFailures("retry", second)).isEmpty();
    assertThat(API.headerNames("retry"))
        .filteredOn(name -> !name.startsWith("redrive-"))
        .isEqualTo(new TreeSet<>(second.keySet()).stream().toList());
  }

  @Test
  void headersOfADeadLetter_areDocumented() {
    Map<String, String> first = deadLetter(UNTRIED).headers();
    Map<String, String> second = deadLetter(UNTRIED.failed(NOW)).headers();

    assertThat(API.headerFailures("deadLetter", first)).isEmpty();
    assertThat(API.headerFailures("deadLetter", second)).isEmpty();
    assertThat(API.headerNames("deadLetter")).isEqualTo(new TreeSet<>(second.keySet()));
  }

  private static DelayedRetry retry(RecordOrigin origin) {
    return new DelayedRetry(
        "image-time-limit", "too slow", "thumbnail", "quayside-thumbnail", origin, NOW, NOW);
  }

  private static DeadLetter deadLetter(RecordOrigin origin) {
    return new DeadLetter(
        "invalid-event", "ce_id: is missing", "search", "quayside-search", origin, NOW);
  }
}
