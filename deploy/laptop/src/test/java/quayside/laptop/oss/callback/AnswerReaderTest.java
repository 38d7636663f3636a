package quayside.laptop.oss.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules for a receiver's answer (protocol document, 1.7), each broken alone. */
class AnswerReaderTest {
  static final String JSON = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";

  @ParameterizedTest
  @ValueSource(
      strings = {
        JSON + "Content-Length: 9\r\n\r\n{\"a\":\"b\"}",
        "HTTP/1.0 200 OK\r\ncontent-length:9\r\n\r\n{\"a\":\"b\"}",
        "HTTP/1.1 200\nContent-Length: 9\n\n{\"a\":\"b\"}",
        "HTTP/1.1 100 Continue\r\n\r\n" + JSON + "Content-Length: 2\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\nContent-Length: 4\r\n\r\n<a/>",
      })
  void goodAnswer_isDelivered(String answer) throws Exception {
    assertThat(read(answer)).isInstanceOf(CallbackOutcome.Delivered.class);
  }

  @ParameterizedTest
  @CsvSource({"201", "204", "206", "301", "302", "400", "403", "404", "500", "502"})
  void otherStatus_failsWithThatStatus(int status) throws Exception {
    String answer =
        "HTTP/1.1 " + status + " X\r\nLocation: /elsewhere\r\nContent-Length: 2\r\n\r\n{}";
    assertThat(read(answer))
        .isEqualTo(new CallbackOutcome.Failed("Error status : " + status + ".", "0007-00000203"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "OK",
        "",
        " ",
        "{\"a\":}",
        "{\"a\":1}x",
        "\uFEFF{\"a\":1}",
        "<a/>",
        "{'a':1}",
        "null x"
      })
  void bodyThatIsNotJson_fails(String body) throws Exception {
    int length = body.getBytes(StandardCharsets.UTF_8).length;
    CallbackOutcome outcome = read(JSON + "Content-Length: " + length + "\r\n\r\n" + body);
    assertThat(outcome)
        .isEqualTo(
            body.isEmpty()
                ? CallbackOutcome.Failed.contentLength("invalid")
                : new CallbackOutcome.Failed(
                    "Response body is not valid json format.", "0007-00000205"));
  }

  @ParameterizedTest
  @CsvSource({
    "'', no",
    "'Transfer-Encoding: chunked', no",
    "'Content-Length: 0', invalid",
    "'Content-Length: -2', invalid",
    "'Content-Length: two', invalid",
    "'Content-Length: 3', invalid",
    "'Content-Length: 1', invalid",
    "'Content-Length: 1048577', too long",
    "'Content-Length: 99999999999999999999', invalid",
  })
  void contentLength_mustBeThereAndRight(String header, String what) throws Exception {
    String headers = header.isEmpty() ? JSON : JSON + header + "\r\n";
    assertThat(read(headers + "\r\n{}")).isEqualTo(CallbackOutcome.Failed.contentLength(what));
  }

  @Test
  void contentLengthGivenTwice_isInvalid() throws Exception {
    assertThat(read(JSON + "Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}"))
        .isEqualTo(CallbackOutcome.Failed.contentLength("invalid"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "SSH-2.0-OpenSSH\r\n",
        "HTTP/1.1 OK 200\r\n\r\n",
        "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
        "HTTP/1.1 200 OK\r\n"
      })
  void whatIsNotHttp_isAnIoError(String answer) {
    assertThatThrownBy(() -> read(answer)).isInstanceOf(IOException.class);
  }

  @Test
  void endlessHeader_isCut() {
    assertThatThrownBy(() -> read("HTTP/1.1 200 OK\r\nA: " + "a".repeat(9000)))
        .hasMessageContaining("too long");
  }

  private static CallbackOutcome read(String answer) throws IOException {
    return new AnswerReader(new ByteArrayInputStream(answer.getBytes(StandardCharsets.UTF_8)))
        .read();
  }
}
