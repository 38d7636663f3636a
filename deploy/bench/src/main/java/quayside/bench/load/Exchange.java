package quayside.bench.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One connection and the request that is on it. Not thread-safe: it belongs to the thread of its
 * selector.
 */
final class Exchange {
  private static final byte[] END_OF_HEAD = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final SocketChannel channel;
  private final SelectionKey selection;
  private final ByteBuffer answer = ByteBuffer.allocate(4096);
  private ByteBuffer request = ByteBuffer.allocate(0);
  private long dueNanos;

  private Exchange(SocketChannel channel, Selector selector) throws IOException {
    this.channel = channel;
    this.selection = channel.register(selector, SelectionKey.OP_CONNECT, this);
  }

  /** Begins a connection from one of our loopback addresses, each with ports of its own. */
  static Exchange open(Selector selector, SocketAddress local, InetSocketAddress server)
      throws IOException {
    SocketChannel channel = SocketChannel.open();
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.bind(local);
    Exchange exchange = new Exchange(channel, selector);
    if (channel.connect(server)) {
      exchange.selection.interestOps(SelectionKey.OP_READ);
    }
    return exchange;
  }

  /** Puts the next request on the connection. */
  void send(byte[] bytes, long due) throws IOException {
    request = ByteBuffer.wrap(bytes);
    dueNanos = due;
    answer.clear();
    if (channel.isConnected()) {
      write();
    }
  }

  /** Goes on after the selector said that something is possible. */
  Progress proceed() throws IOException {
    if (selection.isConnectable()) {
      channel.finishConnect();
      write();
    }
    if (selection.isValid() && selection.isWritable()) {
      write();
    }
    return selection.isValid() && selection.isReadable() ? read() : Progress.WAITING;
  }

  /** When the request was due, in the time of {@link System#nanoTime()}. */
  long dueNanos() {
    return dueNanos;
  }

  /** The status code of a complete answer. */
  int status() {
    return (answer.get(9) - '0') * 100 + (answer.get(10) - '0') * 10 + (answer.get(11) - '0');
  }

  /** Whether the server takes another request on this connection after a complete answer. */
  boolean isReusable() {
    String head = new String(answer.array(), 0, endOfHead(), StandardCharsets.US_ASCII);
    return !head.toLowerCase(Locale.ROOT).contains("\r\nconnection: close");
  }

  void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // Nothing is lost: the answer was read, or its absence counted.
    }
  }

  /** How far an exchange is. */
  enum Progress {
    WAITING,
    ANSWERED,
    CLOSED
  }

  private void write() throws IOException {
    channel.write(request);
    selection.interestOps(
        request.hasRemaining()
            ? SelectionKey.OP_READ | SelectionKey.OP_WRITE
            : SelectionKey.OP_READ);
  }

  private Progress read() throws IOException {
    int read = channel.read(answer);
    if (read < 0) {
      return Progress.CLOSED;
    }
    return isComplete() ? Progress.ANSWERED : Progress.WAITING;
  }

  private boolean isComplete() {
    int head = endOfHead();
    return head >= 0 && answer.position() >= head + contentLength(head);
  }

  private int endOfHead() {
    for (int i = 0; i + END_OF_HEAD.length <= answer.position(); i++) {
      if (answer.get(i) == '\r'
          && answer.get(i + 1) == '\n'
          && answer.get(i + 2) == '\r'
          && answer.get(i + 3) == '\n') {
        return i + END_OF_HEAD.length;
      }
    }
    return -1;
  }

  private int contentLength(int head) {
    String text = new String(answer.array(), 0, head, StandardCharsets.US_ASCII);
    int at = text.toLowerCase(Locale.ROOT).indexOf("\r\ncontent-length:");
    if (at < 0) {
      throw new IllegalStateException("an answer without Content-Length: " + text);
    }
    int start = at + "\r\ncontent-length:".length();
    return Integer.parseInt(text.substring(start, text.indexOf('\r', start)).trim());
  }
}
