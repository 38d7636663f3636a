package quayside.callback;

import io.micrometer.core.instrument.Timer;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import quayside.signature.Bytes;
import quayside.signature.RequestTarget;

/**
 * The HTTP side of callbacks: takes the raw target and the raw body, whatever the Content-Type
 * says, and writes the answer with its length. {@link CallbackRoute} leads requests here. Nothing
 * blocks; everything that belongs to one request happens on its event loop.
 *
 * <p>On Vert.x itself, and not a resource of Quarkus REST, since paths, target, body and answer are
 * bytes here: nothing is to be matched, converted or negotiated, and what a framework did for that
 * cost as much as the callback.
 */
@Singleton
final class CallbackEndpoint {
  /**
   * What is left of a refused request is read and thrown away this long, so that the client sees
   * the answer.
   */
  private static final long LINGER_MILLIS = 1000;

  private final BodyReader bodies;
  private final InFlight inFlight;
  private final Budget budget;
  private final CallbackIntake intake;
  private final CallbackMetrics metrics;

  CallbackEndpoint(
      BodyReader bodies,
      InFlight inFlight,
      Budget budget,
      CallbackIntake intake,
      CallbackMetrics metrics) {
    this.bodies = bodies;
    this.inFlight = inFlight;
    this.budget = budget;
    this.intake = intake;
    this.metrics = metrics;
  }

  /**
   * Receives a callback and answers it. Goes on when the client goes away, so that what is
   * published is also counted.
   */
  @SuppressWarnings("FutureReturnValueIgnored") // The answer is written in the last stage.
  void receive(RoutingContext context, RequestTarget target) {
    HttpServerRequest request = context.request();
    Timer.Sample sample = metrics.received();
    Deadline deadline = deadline(request, context.vertx().getOrCreateContext());
    InFlight.Share share = inFlight.begin();
    ClientAddress client = ClientAddress.of(request);
    CallbackHeaders headers = CallbackHeaders.of(request.headers()::getAll);
    read(request, share, deadline)
        .thenCompose(
            body -> intake.receive(new UnverifiedCallback(target, headers, body), deadline, client))
        .exceptionally(failure -> intake.refuse(failure, CallbackHeaders.NONE, client))
        .thenAccept(answer -> {
          deadline.close();
          share.leave();
          metrics.answered(sample, answer.status());
          write(answer, context);
        });
  }

  /** Answers a request that is no callback for us. */
  void refuse(RoutingContext context, CallbackRefusedException refusal) {
    Timer.Sample sample = metrics.received();
    ClientAddress client = ClientAddress.of(context.request());
    Answer answer = intake.refuse(refusal, CallbackHeaders.NONE, client);
    metrics.answered(sample, answer.status());
    write(answer, context);
  }

  private Deadline deadline(HttpServerRequest request, Context context) {
    ConnectionGuard guard = ConnectionGuard.of(request.connection());
    long firstByte = guard == null ? System.nanoTime() : guard.firstByte();
    Executor loop = task -> context.runOnContext(now -> task.run());
    return budget.start(ConnectionGuard.timers(request.connection()), loop, firstByte);
  }

  private CompletableFuture<Bytes> read(
      HttpServerRequest request, InFlight.Share share, Deadline deadline) {
    if (!inFlight.hasPlace()) {
      return CompletableFuture.failedFuture(new CallbackRefusedException(RefusalReason.OVERLOADED));
    }
    try {
      return deadline
          .reading(() -> bodies.read(request, share))
          .thenCompose(body -> arrived(request, share, body));
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static CompletableFuture<Bytes> arrived(
      HttpServerRequest request, InFlight.Share share, Bytes body) {
    ConnectionGuard guard = ConnectionGuard.of(request.connection());
    if (guard != null) {
      guard.bodyArrived();
    }
    try {
      share.enter();
      return CompletableFuture.completedFuture(body);
    } catch (CallbackRefusedException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static void write(Answer answer, RoutingContext context) {
    HttpServerResponse response = context.response();
    if (response.closed()) {
      return;
    }
    response
        .setStatusCode(answer.status())
        .putHeader(HttpHeaders.CONTENT_TYPE, answer.contentType());
    if (answer.status() == RefusalReason.METHOD_NOT_ALLOWED.status()) {
      response.putHeader(HttpHeaders.ALLOW, "POST");
    }
    if (!context.request().isEnded()) {
      response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
      closeAfterwards(context);
    }
    response.end(Buffer.buffer(answer.body().toArray()));
  }

  private static void closeAfterwards(RoutingContext context) {
    HttpServerRequest request = context.request();
    context.addEndHandler(written -> {
      request.exceptionHandler(gone -> {});
      request.endHandler(end -> request.connection().close());
      request.handler(ignored -> {});
      request.resume();
      context.vertx().setTimer(LINGER_MILLIS, timer -> request.connection().close());
    });
  }
}
