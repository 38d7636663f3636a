package quayside.callback;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.ServerChannel;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.util.concurrent.EventExecutor;
import io.quarkus.value.registry.ValueRegistry;
import io.quarkus.vertx.http.HttpServer;
import io.quarkus.vertx.http.HttpServerStart;
import io.quarkus.vertx.http.HttpsServerStart;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.impl.VertxInternal;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;
import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * Gives every connection of the HTTP port its {@link ConnectionGuard}. Neither Quarkus nor Vert.x
 * has a limit for the time a request's head takes, nor a place where connections can be seen before
 * their first request; so it listens on Netty's server channel, through which each accepted
 * connection passes. The management port is left alone.
 */
@Singleton
final class ConnectionGuards {
  /** Before {@link CallbackRouting}. */
  private static final int FIRST = 1001;

  private final Vertx vertx;
  private final ValueRegistry ports;
  private final Duration headTimeout;
  private final ConnectionMetrics metrics;

  ConnectionGuards(
      Vertx vertx, ValueRegistry ports, CallbackConfig config, ConnectionMetrics metrics) {
    this.vertx = vertx;
    this.ports = ports;
    this.headTimeout = config.budget();
    this.metrics = metrics;
  }

  void beforeOthers(@Observes Filters filters) {
    filters.register(this::admit, FIRST);
  }

  void onHttp(@ObservesAsync HttpServerStart started) {
    watch(ports.getOrDefault(HttpServer.HTTP_PORT, -1), false);
  }

  void onHttps(@ObservesAsync HttpsServerStart started) {
    watch(ports.getOrDefault(HttpServer.HTTPS_PORT, -1), true);
  }

  private void admit(RoutingContext routing) {
    HttpServerRequest request = routing.request();
    ConnectionGuard guard = ConnectionGuard.of(request.connection());
    if (guard != null) {
      boolean hasBody =
          request.headers().contains(HttpHeaders.CONTENT_LENGTH)
              || request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
      guard.admit(request, hasBody);
      routing.addEndHandler(written -> answered(guard, request));
    }
    routing.next();
  }

  private static void answered(ConnectionGuard guard, HttpServerRequest request) {
    EventLoop loop = ConnectionGuard.timers(request.connection());
    if (loop.inEventLoop()) {
      guard.answered(request);
    } else {
      loop.execute(() -> guard.answered(request));
    }
  }

  // Which channels an event loop has can only be asked on it.
  private void watch(int port, boolean encrypted) {
    for (EventExecutor acceptor : ((VertxInternal) vertx).getAcceptorEventLoopGroup()) {
      acceptor.execute(() ->
          ((SingleThreadEventLoop) acceptor)
              .registeredChannelsIterator()
              .forEachRemaining(channel -> watch(channel, port, encrypted)));
    }
  }

  private void watch(Channel channel, int port, boolean encrypted) {
    if (channel instanceof ServerChannel
        && channel.localAddress() instanceof InetSocketAddress address
        && address.getPort() == port
        && channel.pipeline().get(Acceptor.class) == null) {
      channel.pipeline().addFirst(new Acceptor(encrypted));
    }
  }

  /** Sees the accepted connections, which a server channel reads as other channels read bytes. */
  private final class Acceptor extends ChannelInboundHandlerAdapter {
    private final boolean encrypted;

    Acceptor(boolean encrypted) {
      this.encrypted = encrypted;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object accepted) {
      ((Channel) accepted)
          .pipeline()
          .addFirst(new ConnectionGuard(headTimeout, encrypted, metrics));
      ctx.fireChannelRead(accepted);
    }
  }
}
