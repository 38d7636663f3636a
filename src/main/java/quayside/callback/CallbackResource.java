package quayside.callback;

import io.micrometer.core.instrument.Timer;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.unchecked.Unchecked;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.server.Cancellable;

/**
 * The HTTP side of callbacks: takes the raw target and the raw body, whatever the Content-Type
 * says, and writes the answer with its length. {@link CallbackRoute} leads requests here. Nothing
 * blocks.
 */
@Path(CallbackRoute.ENTRY)
class CallbackResource {
  /**
   * What is left of a refused request is read and thrown away this long, so that the client sees
   * the answer.
   */
  private static final long LINGER_MILLIS = 1000;

  private final CallbackPaths paths;
  private final BodyReader bodies;
  private final InFlight inFlight;
  private final Budget budget;
  private final CallbackIntake intake;
  private final CallbackMetrics metrics;

  CallbackResource(
      CallbackPaths paths,
      BodyReader bodies,
      InFlight inFlight,
      Budget budget,
      CallbackIntake intake,
      CallbackMetrics metrics) {
    this.paths = paths;
    this.bodies = bodies;
    this.inFlight = inFlight;
    this.budget = budget;
    this.intake = intake;
    this.metrics = metrics;
  }

  /**
   * Receives a callback. Goes on when the client goes away, so that what is published is also
   * counted.
   */
  @POST
  @Cancellable(false)
  @Operation(hidden = true)
  public Uni<Response> receive(@Context RoutingContext context) {
    Timer.Sample sample = metrics.received();
    Deadline deadline = deadline(context.request().connection());
    InFlight.Share share = inFlight.begin();
    return intake
        .receive(Uni.createFrom().deferred(() -> read(context, deadline, share)), deadline)
        .onTermination()
        .invoke(() -> {
          deadline.close();
          share.leave();
          metrics.answered(sample);
        })
        .map(answer -> response(answer, context));
  }

  private Deadline deadline(HttpConnection connection) {
    ConnectionGuard guard = ConnectionGuard.of(connection);
    long firstByte = guard == null ? System.nanoTime() : guard.firstByte();
    return budget.start(ConnectionGuard.timers(connection), firstByte);
  }

  private Uni<UnverifiedCallback> read(
      RoutingContext context, Deadline deadline, InFlight.Share share) {
    try {
      String rawTarget = CallbackRoute.rawTarget(context);
      RequestTarget target = RequestTarget.parse(rawTarget);
      if (!paths.contain(target.path())) {
        throw new CallbackRefusedException(RefusalReason.UNKNOWN_PATH);
      }
      if (CallbackRoute.method(context) != HttpMethod.POST) {
        throw new CallbackRefusedException(RefusalReason.METHOD_NOT_ALLOWED);
      }
      if (!inFlight.hasPlace()) {
        throw new CallbackRefusedException(RefusalReason.OVERLOADED);
      }
      HttpServerRequest request = context.request();
      CallbackHeaders headers = CallbackHeaders.of(request.headers()::getAll);
      return deadline
          .reading(bodies.read(request, CallbackRoute.announcedLength(context), share))
          .map(
              Unchecked.function(body -> {
                arrived(request, share);
                return new UnverifiedCallback(target, headers, body);
              }));
    } catch (CallbackRefusedException e) {
      return Uni.createFrom().failure(e);
    }
  }

  private static void arrived(HttpServerRequest request, InFlight.Share share)
      throws CallbackRefusedException {
    ConnectionGuard guard = ConnectionGuard.of(request.connection());
    if (guard != null) {
      guard.bodyArrived();
    }
    share.enter();
  }

  private static Response response(Answer answer, RoutingContext context) {
    Response.ResponseBuilder response =
        Response.status(answer.status()).type(answer.contentType()).entity(answer.body().toArray());
    if (answer.status() == RefusalReason.METHOD_NOT_ALLOWED.status()) {
      response.header(HttpHeaders.ALLOW, "POST");
    }
    if (!context.request().isEnded()) {
      response.header("Connection", "close");
      closeAfterwards(context);
    } else if (isLast(context.request().connection())) {
      response.header("Connection", "close");
    }
    return response.build();
  }

  private static boolean isLast(HttpConnection connection) {
    ConnectionGuard guard = ConnectionGuard.of(connection);
    return guard != null && guard.isLast();
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
