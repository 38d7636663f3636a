package quayside.laptop.oss.callback;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Sends one callback over a connection of its own and reads the answer, all within one limit: a
 * watchdog cuts the connection when it is over, whatever it is doing. A plain socket, because the
 * header set, order and case are part of what a receiver is tested against. Thread-safe.
 */
final class CallbackSender implements AutoCloseable {
  private final Duration limit;
  private final SSLSocketFactory tls;
  private final ScheduledExecutorService watchdog =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("oss-callback-watchdog").factory());

  /**
   * Makes a sender.
   *
   * @param limit per attempt; the service's is five seconds and not configurable (1.1)
   * @param tls decides which certificates are trusted
   */
  CallbackSender(Duration limit, SSLSocketFactory tls) {
    this.limit = limit;
    this.tls = tls;
  }

  /** A sender that trusts what the JDK trusts. */
  static CallbackSender trustingTheJdk(Duration limit) {
    return new CallbackSender(limit, (SSLSocketFactory) SSLSocketFactory.getDefault());
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
      return timedOut.get()
          ? timeout(target, address, started)
          : CallbackOutcome.Failed.status(502);
    } catch (java.net.ConnectException | java.net.NoRouteToHostException e) {
      return CallbackOutcome.Failed.unreachable();
    } catch (IOException e) {
      boolean late = timedOut.get() || e instanceof SocketTimeoutException;
      return late ? timeout(target, address, started) : CallbackOutcome.Failed.unreachable();
    }
  }

  private CallbackOutcome timeout(CallbackTarget target, InetAddress address, long started) {
    long cost = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started);
    return CallbackOutcome.Failed.timeout(
        address.getHostAddress() + ":" + target.port(), cost, limit.toMillis());
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
      Socket socket, CallbackTarget target, InetAddress address, boolean sni, byte[] request)
      throws IOException {
    socket.setTcpNoDelay(true);
    socket.connect(new InetSocketAddress(address, target.port()), (int) limit.toMillis());
    Socket wire = target.tls() ? handshake(socket, target, sni) : socket;
    wire.getOutputStream().write(request);
    wire.getOutputStream().flush();
    return new AnswerReader(new BufferedInputStream(wire.getInputStream())).read();
  }

  /** The certificate's name is checked; without callbackSNI no server name is sent (1.2). */
  private SSLSocket handshake(Socket socket, CallbackTarget target, boolean sni)
      throws IOException {
    var secured = (SSLSocket) tls.createSocket(socket, target.host(), target.port(), true);
    SSLParameters parameters = secured.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    parameters.setServerNames(sni ? List.of(new SNIHostName(target.host())) : List.of());
    secured.setSSLParameters(parameters);
    secured.startHandshake();
    return secured;
  }

  @Override
  public void close() {
    watchdog.shutdownNow();
  }
}
