package quayside.operate.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import quayside.signature.Bytes;
import quayside.signature.ExternalPaths;

/** What is a capture, what is none, and that a hostile one costs no more than any other. */
class CaptureReaderTest {
  private static final String BODY = "bucket=uploads&object=a%2Fb.txt";

  @ParameterizedTest
  @ValueSource(strings = {"\r\n", "\n"})
  void rawHttp_isReadAsItGoesOverTheWire(String end) throws UnreadableCaptureException {
    Accidents callback = Accidents.sent("/oss/callback?a=1", BODY + "\n\nmore");
    StringBuilder wire =
        new StringBuilder("POST /oss/callback?a=1 HTTP/1.1" + end + "Host: x" + end);
    callback
        .capture()
        .headers()
        .forEach(h -> wire.append(h.name()).append(": ").append(h.value()).append(end));

    Capture capture = read(wire + end + BODY + "\n\nmore").getFirst();

    assertThat(capture.path()).isEqualTo("/oss/callback");
    assertThat(capture.query()).isEqualTo("a=1");
    assertThat(capture.body()).isEqualTo(Bytes.utf8(BODY + "\n\nmore"));
    assertThat(
            new Explainer(Accidents.KEYS, new ExternalPaths(Map.of()), List.of())
                .explain(capture, Hints.NONE)
                .isVerified())
        .isTrue();
  }

  @Test
  void json_mayHaveTargetBytesAndRepeatedHeaders() throws UnreadableCaptureException {
    String base64 = Base64.getEncoder().encodeToString(new byte[] {1, (byte) 0xFF});

    Capture capture =
        read("\uFEFF  {\"target\":\"/a?b\",\"headers\":{\"X\":[\"1\",\"2\"]},\"bodyBase64\":\""
                + base64
                + "\"}")
            .getFirst();

    assertThat(capture.target()).isEqualTo("/a?b");
    assertThat(capture.all("x")).containsExactly("1", "2");
    assertThat(capture.body().toArray()).containsExactly(1, 0xFF);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|capture is empty",
        "hello|neither the brace",
        "POST|neither the brace",
        "{|not JSON, line 1",
        "{\"path\":1}|\"path\" must be text",
        "{}|\"path\" or \"target\" is missing",
        "{\"path\":\"/\",\"headers\":[]}|\"headers\" must be an object",
        "{\"path\":\"/\",\"headers\":{\"a\":{}}}|header \"a\" must be text",
        "{\"path\":\"/\",\"bodyBase64\":\"%\"}|\"bodyBase64\" is not Base64",
        "{\"vectors\":[]}|\"vectors\" is empty",
        "{\"vectors\":[{}]}|is missing"
      })
  void whatIsNoCapture_isRefusedWithItsReason(String text, String reason) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(UnreadableCaptureException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void headersWithoutEmptyLine_areRefusedByLine() {
    assertThatThrownBy(() -> read("POST / HTTP/1.1\nHost: x\nbucket=uploads"))
        .hasMessageContaining("line 3 is not a header");
  }

  @Test
  void whatIsTooLarge_isRefused() {
    String tooLong = "x".repeat(ExplainLimits.BODY_BYTES + 1);

    assertThatThrownBy(() -> read("x".repeat(ExplainLimits.CAPTURE_BYTES + 1)))
        .hasMessageContaining("the capture has more than");
    assertThatThrownBy(() -> read("POST / HTTP/1.1\n\n" + tooLong))
        .hasMessageContaining("the body has more than");
    assertThatThrownBy(() -> read("POST /" + "x".repeat(20_000) + " HTTP/1.1\n\n"))
        .hasMessageContaining("the request target has more than");
    assertThatThrownBy(() -> read("POST / HTTP/1.1\n" + "a: b\n".repeat(300) + "\n"))
        .hasMessageContaining("too many");
    assertThatThrownBy(
            () -> read("{\"vectors\":[" + "{\"path\":\"/\"},".repeat(101) + "{\"path\":\"/\"}]}"))
        .hasMessageContaining("\"vectors\" has more than");
    assertThatThrownBy(() -> read("{\"path\":" + "[".repeat(50_000)))
        .hasMessageContaining("not JSON");
  }

  /** The largest of everything, made so that every part has as many versions as possible. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a=&",
        "{\"a\":1,",
        ":,:,",
        "{\"a\":{\"a\":{\"a\":{\"a\":1}}},\"b\":2}",
        "\r\n",
        "1\r\na\r\n",
        "%%%2",
        "\u00e9"
      })
  void hostileCapture_isExplainedInBoundedTime(String unit) {
    for (int size : List.of(ExplainLimits.STRUCTURED_BODY_BYTES, ExplainLimits.BODY_BYTES)) {
      int count = size / unit.getBytes(StandardCharsets.UTF_8).length;
      Accidents callback =
          Accidents.sent("/oss/callback", "x")
              .arrivedAt("/" + "a/".repeat(2000) + "?" + "b=%20&".repeat(1900))
              .arrivedWith(unit.repeat(count));

      Explanation explanation =
          assertTimeoutPreemptively(Duration.ofSeconds(30), () -> callback.explained());

      assertThat(explanation.verdict()).isEqualTo(Verdict.SIGNED_OTHERWISE);
    }
  }

  @Test
  void anyBytes_areExplainedOrRefused() {
    Random random = new Random(20261122);
    String alphabet = "POST / HTTP/1.1\r\n: {}[]\",=&?%2F\\u0000;/\uFFFD照";
    Explainer explainer =
        new Explainer(Accidents.KEYS, new ExternalPaths(Map.of()), List.of("/oss/callback"));
    for (int i = 0; i < 3000; i++) {
      StringBuilder text = new StringBuilder(random.nextBoolean() ? "POST /x HTTP/1.1\n" : "");
      int length = random.nextInt(200);
      for (int k = 0; k < length; k++) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      try {
        read(text.toString()).forEach(capture -> explainer.explain(capture, Hints.NONE));
      } catch (UnreadableCaptureException e) {
        assertThat(e.getMessage()).isNotBlank();
      }
    }
  }

  private static List<Capture> read(String text) throws UnreadableCaptureException {
    return CaptureReader.read(text.getBytes(StandardCharsets.UTF_8));
  }
}
