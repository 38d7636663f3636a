package quayside.laptop.oss;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * An application server reduced to a socket: records each callback's exact bytes and answers what
 * the test scripted.
 */
public final class CallbackReceiver implements AutoCloseable {
  /** An answer OSS accepts. */
  public static final String OK = answer("{\"Status\":\"OK\"}");

  private final ServerSocket listener;
  private final List<RawRequest> received = new CopyOnWriteArrayList<>();
  private final List<Socket> silent = new CopyOnWriteArrayList<>();
  private final byte[] answer;

  private CallbackReceiver(byte[] answer) throws IOException {
    this.answer = answer;
    this.listener = new ServerSocket(0, 16, InetAddress.getByName("127.0.0.1"));
    Thread.ofVirtual().start(this::serve);
  }

  /** A receiver that gives this raw HTTP answer, and with an empty one never answers at all. */
  public static CallbackReceiver answering(String answer) throws IOException {
    return answering(answer.getBytes(StandardCharsets.UTF_8));
  }

  public static CallbackReceiver answering(byte[] answer) throws IOException {
    return new CallbackReceiver(answer);
  }

  /** A 200 with a correct Content-Length. */
  public static String answer(String body) {
    return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
        + body.getBytes(StandardCharsets.UTF_8).length
        + "\r\n\r\n"
        + body;
  }

  public int port() {
    return listener.getLocalPort();
  }

  public String url(String pathAndQuery) {
    return "http://127.0.0.1:" + port() + pathAndQuery;
  }

  public List<RawRequest> received() {
    return received;
  }

  /** The one callback that came. */
  public RawRequest only() {
    if (received.size() != 1) {
      throw new AssertionError("expected one callback, got " + received.size());
    }
    return received.getFirst();
  }

  private void serve() {
    while (!listener.isClosed()) {
      try {
        converse(listener.accept());
      } catch (IOException e) {
        if (!listener.isClosed()) {
          throw new java.io.UncheckedIOException(e);
        }
      }
    }
  }

  private void converse(Socket socket) throws IOException {
    received.add(read(socket.getInputStream()));
    if (answer.length == 0) {
      silent.add(socket);
      return;
    }
    try (socket) {
      socket.getOutputStream().write(answer);
      socket.getOutputStream().flush();
    }
  }

  private static RawRequest read(InputStream in) throws IOException {
    var head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int b = in.read();
      if (b < 0) {
        break;
      }
      head.write(b);
    }
    var request = RawRequest.ofHead(head.toString(StandardCharsets.ISO_8859_1));
    return request.withBody(in.readNBytes(Integer.parseInt(request.header("Content-Length"))));
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : silent) {
      socket.close();
    }
  }
}
