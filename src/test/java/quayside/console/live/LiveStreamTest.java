package quayside.console.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LiveStreamTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Instant START = Records.RECEIVED;
  private final LiveStream stream = new LiveStream(new ObjectFilter(null, null), START);

  @Test
  void whatHappenedMeanwhile_isOneMessage() throws Exception {
    stream.offer(line("uploads", "a"));
    stream.offer(line("uploads", "b"));

    JsonNode data = entries(START);

    assertThat(data.path("omitted").asInt()).isZero();
    assertThat(data.path("entries"))
        .extracting(entry -> entry.path("key").asText())
        .containsExactly("a", "b");
    assertThat(stream.next(START, null)).isEmpty();
  }

  @Test
  void burst_leavesTheNewestAndCountsTheRest() throws Exception {
    int left = IntStream.range(0, 5000).map(i -> stream.offer(line("uploads", "k" + i))).sum();

    JsonNode data = entries(START);

    assertThat(left).isEqualTo(4500);
    assertThat(data.path("omitted").asInt()).isEqualTo(4500);
    assertThat(data.path("entries")).hasSize(500);
    assertThat(data.path("entries").get(0).path("key").asText()).isEqualTo("k4500");
    assertThat(data.path("entries").get(499).path("key").asText()).isEqualTo("k4999");
    stream.offer(line("uploads", "next"));
    assertThat(entries(START).path("omitted").asInt()).isZero();
  }

  @Test
  void longEntries_areBoundedBySize() throws Exception {
    String key = "k".repeat(10_000);
    IntStream.range(0, 400).forEach(i -> stream.offer(line("uploads", key)));

    JsonNode data = entries(START);

    assertThat(data.toString().length()).isLessThan(LiveStream.MOST_CHARACTERS + 100);
    assertThat(data.path("entries").size() + data.path("omitted").asInt()).isEqualTo(400);
    assertThat(data.path("entries").size()).isGreaterThan(90);
  }

  @Test
  void filter_keepsOthersOut() throws Exception {
    LiveStream filtered = new LiveStream(new ObjectFilter("uploads", "2026/"), START);
    filtered.offer(line("uploads", "2026/a"));
    filtered.offer(line("uploads", "2025/a"));
    filtered.offer(line("other", "2026/a"));

    JsonNode data = JSON.readTree(filtered.next(START, null).orElseThrow().data());

    assertThat(data.path("entries")).hasSize(1);
    assertThat(data.path("omitted").asInt()).isZero();
  }

  @Test
  void kafkaComingAndGoing_isToldOnceEach() {
    assertThat(stream.next(START, null)).isEmpty();
    assertThat(stream.next(START, true)).contains(LiveMessage.kafka(true));
    assertThat(stream.next(START, true)).isEmpty();
    assertThat(stream.next(START, false)).contains(LiveMessage.kafka(false));
    assertThat(stream.next(START, false)).isEmpty();
  }

  @Test
  void silence_isBrokenByAComment() {
    assertThat(stream.next(START.plusSeconds(9), null)).isEmpty();
    assertThat(stream.next(START.plusSeconds(10), null)).contains(LiveMessage.HEARTBEAT);
    assertThat(stream.next(START.plusSeconds(11), null)).isEmpty();
    stream.offer(line("uploads", "a"));
    assertThat(stream.next(START.plus(Duration.ofSeconds(20)), null).orElseThrow().event())
        .isEqualTo("entries");
  }

  private JsonNode entries(Instant now) throws IOException {
    return JSON.readTree(stream.next(now, null).orElseThrow().data());
  }

  static EntryLine line(String bucket, String key) {
    return new EntryLine(bucket, key, JSON.createObjectNode().put("key", key).toString());
  }
}
