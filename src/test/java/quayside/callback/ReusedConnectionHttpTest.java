package quayside.callback;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import quayside.LaptopStackResource;

/** Connections that carry one request after the other, as those of browsers do. */
@QuarkusTest
@QuarkusTestResource(LaptopStackResource.class)
class ReusedConnectionHttpTest {
  private static final int PATIENCE_MILLIS = 10_000;

  /** What was answered before without its end being read must not end the reading. */
  @Test
  void bodyThatComesAfterItsHead_isReadBehindAnotherRequest() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port)) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      send(socket, "GET /api/session HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(read(socket)).startsWith("HTTP/1.1 200");

      // Not answered before its body has been read.
      send(socket, "POST /api/explain HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n");
      // Meanwhile the head arrives by itself.
      given().get("/api/session").then().statusCode(200);
      send(socket, "no");

      assertThat(read(socket)).startsWith("HTTP/1.1 400").contains("capture-unreadable");
    }
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
  }

  /** What comes at once: the head of an answer, and more. */
  private static String read(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    byte[] bytes = new byte[8192];
    int length = in.read(bytes);
    return new String(bytes, 0, Math.max(length, 0), StandardCharsets.ISO_8859_1);
  }
}
