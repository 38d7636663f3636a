package quayside.callback;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** HTTP over a plain socket: a client that rewrites nothing, neither the target nor the headers. */
final class RawHttp {
  private RawHttp() {}

  /**
   * An answer; header names in lower case.
   *
   * @param closed whether the server closed the connection after it
   */
  record Reply(int status, Map<String, String> headers, byte[] body, boolean closed) {
    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  static byte[] request(
      String method,
      String target,
      String version,
      List<CallbackScenario.Header> headers,
      byte[] body) {
    ByteArrayOutputStream wire = head(method, target, version, headers);
    wire.writeBytes(
        ("Content-Length: " + body.length + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
    wire.writeBytes(body);
    return wire.toByteArray();
  }

  static ByteArrayOutputStream head(
      String method, String target, String version, List<CallbackScenario.Header> headers) {
    StringBuilder head =
        new StringBuilder(method + " " + target + " " + version + "\r\nHost: localhost\r\n");
    headers.forEach(h -> head.append(h.name()).append(": ").append(h.value()).append("\r\n"));
    ByteArrayOutputStream wire = new ByteArrayOutputStream();
    wire.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
    return wire;
  }

  /**
   * Sends bytes on a new connection and reads one answer, and then whether the connection ends
   * within a moment.
   */
  static Reply send(int port, byte[] wire) {
    try (Socket socket = connect(port)) {
      OutputStream out = socket.getOutputStream();
      out.write(wire);
      out.flush();
      return read(socket);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Socket connect(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(10_000);
    return socket;
  }

  static Reply read(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    String[] status = line(in).split(" ", 3);
    Map<String, String> headers = new TreeMap<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.merge(
          line.substring(0, colon).toLowerCase(Locale.ROOT),
          line.substring(colon + 1).strip(),
          (a, b) -> a + ", " + b);
    }
    byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
    boolean closes =
        "close".equalsIgnoreCase(headers.get("connection")) || status[0].equals("HTTP/1.0");
    return new Reply(Integer.parseInt(status[1]), headers, body, closes && in.read() < 0);
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("connection ended in the middle of the answer, after: " + line);
      }
      if (c != '\r') {
        line.write(c);
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }
}
