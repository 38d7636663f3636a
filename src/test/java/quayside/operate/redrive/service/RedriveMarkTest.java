package quayside.operate.redrive.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import quayside.contract.AsyncApi;
import quayside.operate.redrive.Position;
import quayside.sink.DelayedRetry;
import quayside.sink.RecordOrigin;

/** The headers of a dead letter that was moved back are those of the AsyncAPI document. */
class RedriveMarkTest {

  @Test
  void headersOfAMovedLetter_areDocumented() {
    Instant now = Instant.parse("2026-11-22T08:00:00Z");
    RecordOrigin origin =
        new RecordOrigin("oss.object.uploaded.v1", 3, 4711, 1795334400123L, 0, now);
    DelayedRetry retry =
        new DelayedRetry(
            "image-time-limit", "too slow", "thumbnail", "quayside-thumbnail", origin, now, now);
    Position of = new Position("oss.object.uploaded.v1.quayside-thumbnail.dlq", 0, 17);

    Map<String, String> headers = new RedriveMark(retry, of, "alice", "{}", 1).headers();

    AsyncApi api = AsyncApi.current();
    assertThat(api.headerFailures("retry", headers)).isEmpty();
    headers.remove("ce_ingestpath");
    assertThat(new TreeSet<>(headers.keySet())).isEqualTo(api.headerNames("retry"));
  }
}
