package quayside.laptop.oss;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests of browsers and odd clients, at the HTTP level: each is answered, with an id. */
class RequestsTest {
  @TempDir static Path data;
  static OssStandIn standIn;
  static SignedClient client;

  @BeforeAll
  static void start() throws Exception {
    standIn = OssStandIn.start(OssStandInConfig.at(data).withPort(0));
    client = new SignedClient(standIn.endpoint());
    var put =
        client.put(
            "ten", "0123456789", Map.of("Content-Type", "text/plain", "x-oss-meta-tag", "value"));
    assertThat(put.statusCode()).as(put.body()).isEqualTo(200);
  }

  @AfterAll
  static void stop() {
    client.close();
    standIn.close();
  }

  @Test
  void requestId_beginsWithTheTimeOfTheRequest() throws Exception {
    String id = client.get("nothing").headers().firstValue("x-oss-request-id").orElseThrow();
    assertThat(id).matches("[0-9A-F]{24}");
    assertThat(Long.parseLong(id, 0, 8, 16))
        .isBetween(System.currentTimeMillis() / 1000 - 60, System.currentTimeMillis() / 1000 + 1);
  }

  @Test
  void unsignedRequest_isRefused() throws Exception {
    HttpResponse<String> answer = client.plain("GET", "/uploads/ten");
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("<Code>AccessDenied</Code>");
    assertThat(answer.headers().firstValue("x-oss-request-id")).isPresent();
  }

  @Test
  void preflight_letsAPageUpload() throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      var preflight =
          HttpRequest.newBuilder(URI.create(standIn.endpoint() + "/uploads/k"))
              .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
              .header("Origin", "http://localhost:8080")
              .header("Access-Control-Request-Method", "PUT")
              .header("Access-Control-Request-Headers", "content-type,x-oss-callback")
              .build();
      HttpResponse<String> answer = http.send(preflight, HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
      assertThat(answer.headers().firstValue("Access-Control-Allow-Methods").orElseThrow())
          .contains("PUT", "POST");
      assertThat(answer.headers().firstValue("Access-Control-Allow-Headers"))
          .contains("content-type,x-oss-callback");
    }
    HttpResponse<String> answer = client.get("ten", Map.of("Origin", "http://localhost:8080"));
    assertThat(answer.headers().firstValue("Access-Control-Expose-Headers").orElseThrow())
        .contains("ETag");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GARBAGE\r\n\r\n",
        "GET /uploads/x HTTP/1.1\r\n\r\n",
        "GET /uploads/%zz HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n",
        "GET /uploads/x?a=%zz HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n",
        "PUT //x HTTP/1.1\r\nHost: uploads.localhost\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
        "PUT /uploads/a|b^c HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
      })
  void oddRequest_isAnsweredWithAnErrorDocument(String raw) throws Exception {
    String answer = exchange(raw);
    assertThat(answer).matches("(?s)HTTP/1.1 4\\d\\d .*");
    assertThat(answer).containsPattern("x-oss-request-id: [0-9A-F]{24}").contains("<Error><Code>");
    assertThat(client.get("ten").statusCode()).isEqualTo(200);
  }

  @Test
  void chunkedUpload_isAccepted_andTheNextRequestOnTheConnectionToo() throws Exception {
    try (HttpClient http = HttpClient.newHttpClient();
        InputStream body =
            new java.io.ByteArrayInputStream("chunked".getBytes(StandardCharsets.UTF_8))) {
      var unsigned =
          HttpRequest.newBuilder(URI.create(standIn.endpoint() + "/uploads/c"))
              .PUT(HttpRequest.BodyPublishers.ofInputStream(() -> body))
              .build();
      assertThat(http.send(unsigned, HttpResponse.BodyHandlers.ofString()).statusCode())
          .isEqualTo(403);
      var again = HttpRequest.newBuilder(URI.create(standIn.endpoint() + "/uploads/c")).build();
      assertThat(http.send(again, HttpResponse.BodyHandlers.ofString()).statusCode())
          .isEqualTo(403);
    }
  }

  private static String exchange(String raw) throws IOException {
    try (var socket = new Socket(InetAddress.getByName("127.0.0.1"), standIn.port())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(raw.getBytes(StandardCharsets.UTF_8));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
