package quayside.operate.explain;

import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import quayside.signature.KeyRing;

/**
 * {@code POST /q/explain} on the management port, and only there: the body is a capture, the answer
 * its explanation. Hints are query parameters: {@code prefix}, {@code path}, {@code query}, {@code
 * field-order}. Runs on a worker thread; grant tokens are always masked.
 */
@Singleton
final class ExplainRoute {
  private static final String PATH = "/q/explain";

  private final Explainer explainer;

  ExplainRoute(KeyRing keys, ExplainConfig config) {
    this.explainer = new Explainer(keys, config.paths());
  }

  void register(@Observes ManagementInterface management) {
    management
        .router()
        .post(PATH)
        .handler(BodyHandler.create(false).setBodyLimit(ExplainLimits.CAPTURE_BYTES))
        .blockingHandler(this::explain, false)
        .failureHandler(this::refuse);
  }

  private void explain(RoutingContext context) {
    Buffer body = context.body().buffer();
    try {
      List<Capture> captures = CaptureReader.read(body == null ? new byte[0] : body.getBytes());
      Hints hints = hints(context);
      String json =
          ExplanationJson.of(
              captures.stream().map(capture -> explainer.explain(capture, hints)).toList(),
              new ShownText(false));
      answer(context, 200, "application/json", json);
    } catch (UnreadableCaptureException e) {
      problem(context, 400, "capture-unreadable", "The capture cannot be read", e.getMessage());
    }
  }

  private void refuse(RoutingContext context) {
    if (context.statusCode() == 413) {
      problem(
          context,
          413,
          "capture-too-large",
          "The capture is too large",
          "the capture has more than " + ExplainLimits.CAPTURE_BYTES + " bytes");
    } else {
      context.next();
    }
  }

  private static Hints hints(RoutingContext context) {
    List<String> order = context.queryParam("field-order");
    return new Hints(
        context.queryParam("prefix"),
        context.queryParam("path"),
        context.queryParam("query"),
        List.of(),
        order.stream().map(names -> List.of(names.split(","))).toList());
  }

  private static void problem(
      RoutingContext context, int status, String reason, String title, String detail) {
    answer(
        context,
        status,
        "application/problem+json",
        ExplanationJson.problem(status, reason, title, new ShownText(false).of(detail)));
  }

  private static void answer(RoutingContext context, int status, String type, String json) {
    context.response().setStatusCode(status).putHeader("Content-Type", type).end(json);
  }
}
