package quayside.callback;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Watches one HTTP/1 connection before anything is decoded. It knows when a request's first byte
 * arrived; it ends the connection when the head of the request is not there in time, however
 * steadily its bytes trickle in; it stops reading while a request is being answered and more
 * requests arrive behind it, or while the client does not take its answers, so that a connection
 * never holds more than what was read at once.
 *
 * <p>The usual request, whose head arrives in one piece, sets no timer here. Used by the event loop
 * of the connection only.
 */
final class ConnectionGuard extends ChannelDuplexHandler {
  private enum Phase {
    /** Nothing has arrived since the last answer. */
    IDLE,
    /** The head of a request is arriving. */
    HEAD,
    /** A request is being read or answered. */
    REQUEST
  }

  private final Duration headTimeout;
  private final boolean encrypted;
  private final ConnectionMetrics metrics;
  private Phase phase = Phase.IDLE;
  private @Nullable HttpServerRequest current;
  private @Nullable ChannelHandlerContext context;
  private @Nullable Future<?> headTimer;
  private long firstByte;
  private boolean bodyArrived;
  private boolean crowded;

  /**
   * A guard.
   *
   * @param encrypted whether what passes here is TLS, so that bytes need not be requests or answers
   */
  ConnectionGuard(Duration headTimeout, boolean encrypted, ConnectionMetrics metrics) {
    this.headTimeout = headTimeout;
    this.encrypted = encrypted;
    this.metrics = metrics;
  }

  /** The guard of a connection; null when it was accepted before there were any. */
  static @Nullable ConnectionGuard of(HttpConnection connection) {
    return ((ConnectionBase) connection).channel().pipeline().get(ConnectionGuard.class);
  }

  /** The event loop of a connection: its timers cost no other thread anything. */
  static EventLoop timers(HttpConnection connection) {
    return ((ConnectionBase) connection).channel().eventLoop();
  }

  /** {@link System#nanoTime()} at the first byte of the request that is being answered. */
  long firstByte() {
    return firstByte;
  }

  /** The head of a request has arrived. A second call for the same one does nothing. */
  void admit(HttpServerRequest request, boolean hasBody) {
    if (current == request) {
      return;
    }
    current = request;
    // It was waiting behind another one: its time begins now.
    firstByte = phase == Phase.HEAD ? firstByte : System.nanoTime();
    phase = Phase.REQUEST;
    bodyArrived = !hasBody;
    stopTimer();
  }

  /** Whatever arrives from now on is another request. */
  void bodyArrived() {
    bodyArrived = true;
  }

  /** The answer is written. A request that did not arrive as a whole is the connection's last. */
  void answered(HttpServerRequest request) {
    if (current != request) {
      return;
    }
    current = null;
    // Whoever answers need not read: a request without a body then never ends.
    if (bodyArrived || request.isEnded()) {
      phase = Phase.IDLE;
    }
    if (crowded) {
      crowded = false;
      readOrNot();
    }
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    context = added;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object bytes) {
    if (phase == Phase.IDLE) {
      phase = Phase.HEAD;
      firstByte = System.nanoTime();
    } else if (phase == Phase.REQUEST && bodyArrived && !crowded) {
      crowded = true;
      readOrNot();
    }
    ctx.fireChannelRead(bytes);
    if (phase == Phase.HEAD && headTimer == null) {
      headTimer =
          ctx.executor().schedule(() -> tooSlow(ctx), headTimeout.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  // The server answers by itself, without a request for anybody, when it cannot read a head.
  @Override
  public void write(ChannelHandlerContext ctx, Object bytes, ChannelPromise promise)
      throws Exception {
    if (phase == Phase.HEAD && !encrypted) {
      metrics.ended(ConnectionMetrics.Ending.HEAD_INVALID);
      phase = Phase.IDLE;
      stopTimer();
    }
    super.write(ctx, bytes, promise);
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    readOrNot();
    ctx.fireChannelWritabilityChanged();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    if (phase == Phase.HEAD && !encrypted) {
      metrics.ended(ConnectionMetrics.Ending.HEAD_INCOMPLETE);
    }
    phase = Phase.IDLE;
    stopTimer();
    ctx.fireChannelInactive();
  }

  private void tooSlow(ChannelHandlerContext ctx) {
    headTimer = null;
    if (phase == Phase.HEAD) {
      metrics.ended(ConnectionMetrics.Ending.HEAD_TIMEOUT);
      phase = Phase.IDLE;
      var unused = ctx.close();
    }
  }

  private void readOrNot() {
    if (context != null) {
      context.channel().config().setAutoRead(!crowded && context.channel().isWritable());
    }
  }

  private void stopTimer() {
    if (headTimer != null) {
      headTimer.cancel(false);
      headTimer = null;
    }
  }
}
