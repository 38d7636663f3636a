package quayside.operate.doctor;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * HTTP as OSS speaks it: a new connection for each request, nothing reused, followed or rewritten.
 * Everything is bounded by one time limit and 64 KiB.
 */
final class Wire {
  private static final int LARGEST_ANSWER = 64 * 1024;

  private final Duration timeout;
  private final TlsClient tls;

  Wire(Duration timeout, TlsClient tls) {
    this.timeout = timeout;
    this.tls = tls;
  }

  /** Sends a request with this body and reads the answer. */
  HttpReply post(Endpoint endpoint, String version, Map<String, String> headers, String body)
      throws IOException {
    long start = System.nanoTime();
    try (Socket plain = new Socket()) {
      plain.connect(new InetSocketAddress(endpoint.host(), endpoint.port()), millisLeft(start));
      plain.setSoTimeout(millisLeft(start));
      try (Socket socket = endpoint.tls() ? tls.over(plain, endpoint) : plain) {
        socket.getOutputStream().write(request(endpoint, version, headers, body));
        socket.getOutputStream().flush();
        return read(socket, start);
      }
    }
  }

  private static byte[] request(
      Endpoint endpoint, String version, Map<String, String> headers, String body) {
    StringBuilder request = new StringBuilder();
    request.append("POST ").append(endpoint.target()).append(' ').append(version).append("\r\n");
    request.append("Host: ").append(endpoint.authority()).append("\r\n");
    headers.forEach(
        (name, value) -> request.append(name).append(": ").append(value).append("\r\n"));
    request.append("Content-Length: ").append(body.length()).append("\r\n\r\n").append(body);
    return request.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private HttpReply read(Socket socket, long start) throws IOException {
    InputStream in = socket.getInputStream();
    String[] status = line(socket, in, start).split(" ", 3);
    if (status.length < 2 || !status[0].startsWith("HTTP/") || !status[1].matches("\\d{3}")) {
      throw new IOException("the answer is not HTTP: " + String.join(" ", status));
    }
    Map<String, List<String>> headers = new TreeMap<>();
    for (String line = line(socket, in, start); !line.isEmpty(); line = line(socket, in, start)) {
      int colon = line.indexOf(':');
      if (colon > 0 && headers.size() < 200) {
        String name = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
        headers
            .computeIfAbsent(name, n -> new ArrayList<>())
            .add(line.substring(colon + 1).strip());
      }
    }
    String body = body(socket, in, headers, start);
    Duration time = Duration.ofNanos(System.nanoTime() - start);
    return new HttpReply(
        status[0], Integer.parseInt(status[1]), headers, body, closes(socket, in), time);
  }

  private String body(Socket socket, InputStream in, Map<String, List<String>> headers, long start)
      throws IOException {
    List<String> lengths = headers.getOrDefault("content-length", List.of());
    boolean known = lengths.size() == 1 && lengths.getFirst().matches("\\d{1,9}");
    int most = known ? Integer.parseInt(lengths.getFirst()) : LARGEST_ANSWER;
    boolean chunked = headers.containsKey("transfer-encoding");
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (body.size() < Math.min(most, LARGEST_ANSWER)) {
      socket.setSoTimeout(millisLeft(start));
      int octet = in.read();
      if (octet < 0) {
        break;
      }
      body.write(octet);
      if (chunked && endsWithLastChunk(body)) {
        break;
      }
    }
    return body.toString(StandardCharsets.UTF_8);
  }

  private static boolean endsWithLastChunk(ByteArrayOutputStream body) {
    return body.size() >= 5 && body.toString(StandardCharsets.ISO_8859_1).endsWith("0\r\n\r\n");
  }

  private static boolean closes(Socket socket, InputStream in) throws IOException {
    socket.setSoTimeout(1000);
    try {
      return in.read() < 0;
    } catch (SocketTimeoutException stillOpen) {
      return false;
    } catch (IOException reset) {
      return true;
    }
  }

  private String line(Socket socket, InputStream in, long start) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    socket.setSoTimeout(millisLeft(start));
    for (int octet = in.read(); octet != '\n'; octet = in.read()) {
      if (octet < 0 || line.size() > LARGEST_ANSWER) {
        throw new EOFException("the connection ended before the answer did");
      }
      if (octet != '\r') {
        line.write(octet);
      }
      socket.setSoTimeout(millisLeft(start));
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }

  private int millisLeft(long start) throws SocketTimeoutException {
    long left = timeout.toMillis() - (System.nanoTime() - start) / 1_000_000;
    if (left <= 0) {
      throw new SocketTimeoutException("no answer within " + timeout.toMillis() + " ms");
    }
    return (int) left;
  }
}
