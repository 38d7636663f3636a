package quayside.laptop.oss.callback;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * Sends one callback over a connection of its own and reads the answer, all within one limit: a watchdog cuts the
 * connection when it is over, whatever it is doing. A plain socket, because the header set, order and case are part of
 * what a receiver is tested against. Thread-safe.
 */
final class CallbackSender implements AutoCloseable {
  private final Duration limit;
  private final ScheduledExecutorService watchdog =
      Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("oss-callback-watchdog").factory());

  /** A sender with its limit per attempt; the service's is five seconds and not configurable (1.1). */
  CallbackSender(Duration limit) {
    this.limit = limit;
  }

  CallbackOutcome send(CallbackTarget target, InetAddress address, boolean sni, byte[] request) {
    long started = System.nanoTime();
    var timedOut = new AtomicBoolean();
    try (var socket = new Socket()) {
      Future<?> cut = cutAfterLimit(socket, timedOut);
      try {
        return converse(socket, target, address, sni, request);
      } finally {
        cut.cancel(false);
      }
    } catch (SSLException e) {
      return timedOut.get() ? timeout(target, address, started) : CallbackOutcome.Failed.status(502);
    } catch (java.net.ConnectException | java.net.NoRouteToHostException e) {
      return CallbackOutcome.Failed.unreachable();
    } catch (IOException e) {
      boolean late = timedOut.get() || e instanceof SocketTimeoutException;
      return late ? timeout(target, address, started) : CallbackOutcome.Failed.unreachable();
    }
  }

  private CallbackOutcome timeout(CallbackTarget target, InetAddress address, long started) {
    long cost = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started);
    return CallbackOutcome.Failed.timeout(address.getHostAddress() + ":" + target.port(), cost, limit.toMillis());
  }

  private Future<?> cutAfterLimit(Socket socket, AtomicBoolean timedOut) {
    return watchdog.schedule(
        () -> {
          timedOut.set(true);
          socket.close();
          return null;
        },
        limit.toMillis(),
        TimeUnit.MILLISECONDS);
  }

  private CallbackOutcome converse(
      Socket socket, CallbackTarget target, InetAddress address, boolean sni, byte[] request) throws IOException {
    socket.setTcpNoDelay(true);
    socket.connect(new InetSocketAddress(address, target.port()), (int) limit.toMillis());
    Socket wire = target.tls() ? handshake(socket, target, sni) : socket;
    wire.getOutputStream().write(request);
    wire.getOutputStream().flush();
    return new AnswerReader(new BufferedInputStream(wire.getInputStream())).read();
  }

  /** TLS against the JDK's trust store, the name checked; without callbackSNI no server name is sent (1.2). */
  private static SSLSocket handshake(Socket socket, CallbackTarget target, boolean sni) throws IOException {
    try {
      var tls =
          (SSLSocket)
              SSLContext.getDefault().getSocketFactory().createSocket(socket, target.host(), target.port(), true);
      SSLParameters parameters = tls.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      parameters.setServerNames(sni ? List.of(new SNIHostName(target.host())) : List.of());
      tls.setSSLParameters(parameters);
      tls.startHandshake();
      return tls;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has TLS", e);
    }
  }

  @Override
  public void close() {
    watchdog.shutdownNow();
  }
}
