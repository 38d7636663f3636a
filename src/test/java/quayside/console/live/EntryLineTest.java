package quayside.console.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntryLineTest {
  private static final JsonMapper JSON = new JsonMapper();
  private final LiveReader reader = new LiveReader(Records.EFFECTS, new Stages(new SetClock()));

  @Test
  void line_isTheContract() throws Exception {
    JsonNode json = JSON.readTree(line("a.png").json());

    assertThat(json.toString())
        .isEqualTo(
            """
            {"bucket":"uploads","key":"a.png","at":"2026-11-28T08:00:00.012Z","kind":"event",\
            "outcome":"callback","eventId":"u1","eventType":"io.quayside.object.uploaded.v1","millis":12,\
            "place":{"topic":"oss.object.uploaded.v1","partition":3,"offset":41,"item":0},\
            "upload":{"size":4711,"mimeType":"image/png","etag":"E1","verificationLevel":"grant",\
            "image":{"width":3,"height":2,"format":"png"},"variables":{"x:album":"holidays"},\
            "uploadedAt":"2026-11-28T07:59:59Z","recordedAt":"2026-11-28T08:00:00Z"}}\
            """);
  }

  /** Names are text: none may end a line of the stream, or mean anything to it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>.png",
        "a\nevent: hello\n\ndata: {}",
        "a\r\rb",
        "\u202egnp.exe",
        "a\u2028b\u2029c\u0085d",
        "\"quoted\\\"",
        "照片/日落.png"
      })
  void hostileNames_stayTextOnOneLine(String key) throws Exception {
    EntryLine line = line(key);

    assertThat(line.json()).doesNotContain("\n", "\r");
    assertThat(JSON.readTree(line.json()).path("key").asText()).isEqualTo(key);
    LiveMessage message = LiveMessage.entries(Records.RECEIVED, 3, List.of(line, line));
    JsonNode data = JSON.readTree(message.data());
    assertThat(data.path("omitted").asInt()).isEqualTo(3);
    assertThat(data.path("entries").get(1).path("key").asText()).isEqualTo(key);
  }

  @Test
  void longVariables_areLeftOut() throws Exception {
    LiveEntry entry = entry("a.png");
    LiveUpload upload =
        LiveUpload.of(Records.upload("u1", "a.png", Map.of("x:long", "v".repeat(EntryLine.MOST))));

    JsonNode json =
        JSON.readTree(EntryLine.of(entry.withUpload(upload)).orElseThrow().json()).path("upload");

    assertThat(json.path("variables").isEmpty()).isTrue();
    assertThat(json.path("size").asInt()).isEqualTo(4711);
  }

  @Test
  void keyThatNoObjectCanHave_isNotSentAtAll() {
    assertThat(EntryLine.of(entry("k".repeat(EntryLine.MOST)))).isEmpty();
  }

  private EntryLine line(String key) {
    return EntryLine.of(entry(key)).orElseThrow();
  }

  private LiveEntry entry(String key) {
    return reader.read(List.of(Records.uploaded("u1", key, 12))).getFirst();
  }
}
