package quayside.laptop.oss.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.CharCodingConfig;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.DefaultConnectionReuseStrategy;
import org.apache.hc.core5.http.impl.HttpProcessors;
import org.apache.hc.core5.http.impl.io.DefaultBHttpServerConnectionFactory;
import org.apache.hc.core5.http.impl.io.HttpService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An HTTP/1.1 server on 127.0.0.1 alone unless it is in a container, keep-alive, one virtual thread
 * per connection; parsing and framing are httpcore5's. Closing lets requests in progress finish, up
 * to a grace period, and drops idle connections at once.
 */
public final class LoopbackServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LoopbackServer.class);
  private static final Duration IDLE = Duration.ofSeconds(60);

  /**
   * Longer than five callback attempts of five seconds would be too long a wait on Ctrl-C: one
   * attempt and a bit.
   */
  private static final Duration GRACE = Duration.ofSeconds(6);

  /** A presigned URL may carry two 5 KB parameters, percent-encoded. */
  private static final Http1Config LIMITS =
      Http1Config.custom().setMaxLineLength(64 * 1024).setMaxHeaderCount(200).build();

  /** Header values and targets are UTF-8 on the wire, as the SDKs send them. */
  private static final CharCodingConfig UTF_8 =
      CharCodingConfig.custom()
          .setCharset(StandardCharsets.UTF_8)
          .setMalformedInputAction(CodingErrorAction.REPLACE)
          .setUnmappableInputAction(CodingErrorAction.REPLACE)
          .build();

  private final ServerSocket listener;
  private final HttpService service;
  private final DefaultBHttpServerConnectionFactory connectionFactory =
      DefaultBHttpServerConnectionFactory.builder()
          .http1Config(LIMITS)
          .charCodingConfig(UTF_8)
          .build();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();

  private LoopbackServer(ServerSocket listener, Edge edge, RequestIds requestIds) {
    this.listener = listener;
    this.service = new OssHttpService(edge, requestIds);
  }

  /**
   * Binds; call {@link #serve} to start answering.
   *
   * @param port the port, 0 for any free one
   * @throws IOException when the port is taken
   */
  public static ServerSocket bind(int port) throws IOException {
    return bind(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
  }

  /** Binds to all addresses: in a container, whose engine decides who reaches it. */
  public static ServerSocket bindInContainer(int port) throws IOException {
    return bind(InetAddress.getByAddress(new byte[4]), port);
  }

  private static ServerSocket bind(InetAddress address, int port) throws IOException {
    var listener = new ServerSocket();
    listener.setReuseAddress(true);
    try {
      listener.bind(new InetSocketAddress(address, port), 128);
    } catch (IOException e) {
      listener.close();
      throw new IOException(
          "OSS stand-in cannot listen on "
              + address.getHostAddress()
              + ":"
              + port
              + ": "
              + e.getMessage(),
          e);
    }
    return listener;
  }

  /** Starts answering on a bound listener, which the server now owns. */
  public static LoopbackServer serve(
      ServerSocket listener, OssHandler handler, List<String> buckets, RequestIds requestIds) {
    var server = new LoopbackServer(listener, new Edge(handler, buckets, requestIds), requestIds);
    Thread.ofVirtual().name("oss-accept").start(server::accept);
    return server;
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        threads.execute(() -> converse(socket));
      } catch (IOException | java.util.concurrent.RejectedExecutionException e) {
        if (!listener.isClosed()) {
          LOG.warn("accept failed reason={}", e.toString());
        }
      }
    }
  }

  private void converse(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout((int) IDLE.toMillis());
      var connection = new Connection(connectionFactory.createConnection(socket), service);
      connections.add(connection);
      try {
        connection.serveUntilClosed(listener::isClosed);
      } finally {
        connections.remove(connection);
      }
    } catch (IOException | HttpException e) {
      LOG.debug("connection ended reason={}", e.toString());
    }
  }

  /** Stops listening, waits for requests in progress, then cuts what is left. */
  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      LOG.warn("closing the listener failed reason={}", e.toString());
    }
    connections.forEach(Connection::closeIfIdle);
    threads.shutdown();
    try {
      if (!threads.awaitTermination(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
        connections.forEach(Connection::cut);
      }
    } catch (InterruptedException e) {
      connections.forEach(Connection::cut);
      Thread.currentThread().interrupt();
    }
  }

  /** Gives requests the library cannot parse an OSS error document too. */
  private static final class OssHttpService extends HttpService {
    private final RequestIds requestIds;

    OssHttpService(Edge edge, RequestIds requestIds) {
      super(
          HttpProcessors.customServer("Quayside-OSS-stand-in").build(),
          edge,
          LIMITS,
          DefaultConnectionReuseStrategy.INSTANCE,
          null);
      this.requestIds = requestIds;
    }

    @Override
    protected void handleException(HttpException cause, ClassicHttpResponse response) {
      String requestId = requestIds.next();
      String document =
          new OssException(
                  toStatusCode(cause), "MalformedRequest", String.valueOf(cause.getMessage()))
              .toXml(requestId, "");
      response.setCode(toStatusCode(cause));
      response.addHeader("x-oss-request-id", requestId);
      response.setEntity(
          new org.apache.hc.core5.http.io.entity.StringEntity(
              document, org.apache.hc.core5.http.ContentType.APPLICATION_XML));
    }
  }
}
