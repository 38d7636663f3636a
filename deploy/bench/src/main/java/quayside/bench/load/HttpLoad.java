package quayside.bench.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Sends prepared requests from one thread. Open loop: each is sent when it is due, whatever became
 * of the earlier ones, and its latency counts from then. Closed loop: a fixed number is under way.
 * One use each, by one thread.
 */
public final class HttpLoad implements AutoCloseable {
  /** Each loopback address has ports of its own, which are not free again at once. */
  private static final int LOCAL_ADDRESSES = 100;

  /** Far beyond what OSS waits: whoever needs longer has failed. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final long HIGHEST_MICROS = TimeUnit.SECONDS.toMicros(60);

  private final InetSocketAddress server;
  private final byte[][] requests;
  private final boolean keepAlive;
  private final Selector selector;
  private final Deque<Exchange> idle = new ArrayDeque<>();
  private final Histogram latency = new Histogram(HIGHEST_MICROS, 3);
  private int sent;
  private int underWay;
  private long accepted;
  private long refused;
  private long broken;

  /** Prepares to send each of the requests once. */
  public HttpLoad(int port, byte[][] requests, Callbacks.Connection connection) throws IOException {
    this.server = new InetSocketAddress("127.0.0.1", port);
    this.requests = requests;
    this.keepAlive = connection == Callbacks.Connection.KEEP_ALIVE;
    this.selector = Selector.open();
  }

  /** Sends them at a rate per second; at most so many at one time, the others wait in line. */
  public LoadResult openLoop(double rate, int limit) throws IOException {
    return openLoop(rate, limit, System.nanoTime());
  }

  /** Likewise; the first is due at a time of {@link System#nanoTime()}. */
  public LoadResult openLoop(double rate, int limit, long begin) throws IOException {
    double interval = 1e9 / rate;
    while (sent < requests.length || underWay > 0) {
      long now = System.nanoTime();
      while (sent < requests.length
          && underWay < limit
          && begin + (long) (sent * interval) <= now) {
        begin(begin + (long) (sent * interval));
      }
      await(1);
      giveUpAfter(begin, (long) (requests.length * interval));
    }
    return result(begin);
  }

  /** Keeps so many under way until all are sent. */
  public LoadResult closedLoop(int concurrency) throws IOException {
    long begin = System.nanoTime();
    while (sent < requests.length || underWay > 0) {
      while (sent < requests.length && underWay < concurrency) {
        begin(System.nanoTime());
      }
      await(100);
      giveUpAfter(begin, TimeUnit.MINUTES.toNanos(10));
    }
    return result(begin);
  }

  @Override
  public void close() throws IOException {
    selector.keys().forEach(key -> ((Exchange) key.attachment()).close());
    selector.close();
  }

  private LoadResult result(long begin) {
    Duration took = Duration.ofNanos(System.nanoTime() - begin);
    return new LoadResult(sent, accepted, refused, broken, took, latency);
  }

  private void giveUpAfter(long begin, long nanos) {
    if (System.nanoTime() - begin > nanos + PATIENCE.toNanos() * 6) {
      throw new IllegalStateException(underWay + " requests are without an answer");
    }
  }

  private void begin(long due) throws IOException {
    byte[] request = requests[sent++];
    underWay++;
    Exchange exchange = idle.poll();
    if (exchange == null) {
      String local = "127.0.0." + (2 + sent % LOCAL_ADDRESSES);
      exchange = Exchange.open(selector, new InetSocketAddress(local, 0), server);
    }
    exchange.send(request, due);
  }

  private void await(long millis) throws IOException {
    selector.select(millis);
    Iterator<SelectionKey> selected = selector.selectedKeys().iterator();
    while (selected.hasNext()) {
      Exchange exchange = (Exchange) selected.next().attachment();
      selected.remove();
      proceed(exchange);
    }
  }

  private void proceed(Exchange exchange) {
    try {
      switch (exchange.proceed()) {
        case ANSWERED -> answered(exchange);
        case CLOSED -> ended(exchange);
        case WAITING -> {}
      }
    } catch (IOException e) {
      ended(exchange);
    }
  }

  private void answered(Exchange exchange) {
    underWay--;
    latency.recordValue(Math.min(HIGHEST_MICROS, (System.nanoTime() - exchange.dueNanos()) / 1000));
    if (exchange.status() == 200) {
      accepted++;
    } else {
      refused++;
    }
    if (keepAlive && exchange.isReusable()) {
      idle.push(exchange);
    } else {
      exchange.close();
    }
  }

  private void ended(Exchange exchange) {
    exchange.close();
    if (!idle.remove(exchange)) {
      underWay--;
      broken++;
    }
  }
}
