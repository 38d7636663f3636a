package quayside.console.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import quayside.console.ConsoleRefusal;
import quayside.console.ConsoleRequestException;

class LiveStreamsTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final ObjectFilter ALL = new ObjectFilter(null, null);

  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final LiveStreams streams =
      new LiveStreams(new TestLiveConfig(2), metrics, Clock.systemUTC());
  private final LiveReader entries = new LiveReader(Records.EFFECTS, new Stages(Clock.systemUTC()));
  private final SlowReader reader = new SlowReader();

  @Test
  void hello_comesFirstAndAtOnce() throws Exception {
    streams.kafka(true);
    streams.open(ALL).subscribe().withSubscriber(reader);

    reader.request(2);

    await().until(() -> reader.read().size() == 2);
    assertThat(reader.read().getFirst().event()).isEqualTo("hello");
    JsonNode hello = JSON.readTree(reader.read().getFirst().data());
    assertThat(hello.path("instance").asText()).isEqualTo("test");
    assertThat(hello.path("time").asText()).isNotEmpty();
    assertThat(reader.read().get(1)).isEqualTo(LiveMessage.kafka(true));
  }

  /** A thousand entries a second must not be a thousand messages. */
  @Test
  void burst_reachesASlowReaderAsOneMessage() throws Exception {
    streams.open(ALL).subscribe().withSubscriber(reader);
    reader.request(1);
    await().until(() -> reader.read().size() == 1);

    for (int i = 0; i < 50; i++) {
      streams.publish(uploads(i * 100, 100));
    }
    // Several ticks pass while it is not ready.
    await().during(Duration.ofSeconds(1)).until(() -> reader.read().size() == 1);
    reader.request(1);

    await().until(() -> reader.read().size() == 2);
    JsonNode data = JSON.readTree(reader.read().get(1).data());
    assertThat(data.path("omitted").asInt()).isEqualTo(4500);
    assertThat(data.path("entries")).hasSize(500);
    assertThat(data.path("entries").get(499).path("key").asText()).isEqualTo("k4999");
    assertThat(metrics.counter("quayside.console.omitted").count()).isEqualTo(4500);
  }

  @Test
  void streamBeyondTheLimit_isRefusedUntilAnotherIsClosed() {
    streams.open(ALL).subscribe().withSubscriber(reader);
    streams.open(ALL);

    assertThatThrownBy(() -> streams.open(ALL))
        .isInstanceOfSatisfying(
            ConsoleRequestException.class,
            e -> assertThat(e.refusal()).isEqualTo(ConsoleRefusal.TOO_MANY_STREAMS));
    assertThat(metrics.get("quayside.console.streams").gauge().value()).isEqualTo(2);

    reader.cancel();
    reader.cancel();

    assertThat(metrics.get("quayside.console.streams").gauge().value()).isEqualTo(1);
    streams.open(ALL);
  }

  /** A stop waits for requests that are being answered. */
  @Test
  void streams_endWhenTheApplicationStops() {
    streams.open(ALL).subscribe().withSubscriber(reader);
    reader.request(100);

    streams.end(new ShutdownDelayInitiatedEvent());

    await().until(reader::completed);
    assertThat(streams.isEmpty()).isTrue();
    assertThatThrownBy(() -> streams.open(ALL)).isInstanceOf(ConsoleRequestException.class);
  }

  private List<LiveEntry> uploads(int from, int count) {
    return entries.read(
        IntStream.range(from, from + count)
            .mapToObj(i -> Records.uploaded("u" + i, "k" + i, i))
            .toList());
  }
}
