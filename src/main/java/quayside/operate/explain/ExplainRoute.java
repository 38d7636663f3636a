package quayside.operate.explain;

import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import quayside.role.Role;
import quayside.role.Roles;
import quayside.signature.ExternalPaths;
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

  ExplainRoute(KeyRing keys, ExternalPaths externalPaths, ExplainConfig config) {
    this.explainer = new Explainer(keys, externalPaths, config.paths());
  }

  // The framework has read the body by then, within a limit of its own.
  void register(@Observes ManagementInterface management, Roles roles) {
    if (!roles.include(Role.CALLBACK)) {
      return;
    }
    management.router().post(PATH).blockingHandler(this::explain, false);
  }

  private void explain(RoutingContext context) {
    Buffer body = context.body().buffer();
    if (body != null && body.length() > ExplainLimits.CAPTURE_BYTES) {
      String detail = "the capture has more than " + ExplainLimits.CAPTURE_BYTES + " bytes";
      problem(context, 413, "capture-too-large", "The capture is too large", detail);
      return;
    }
    try {
      List<Capture> captures = CaptureReader.read(body == null ? new byte[0] : body.getBytes());
      Hints hints = hints(context);
      List<Explanation> all = captures.stream().map(c -> explainer.explain(c, hints)).toList();
      answer(context, 200, "application/json", ExplanationJson.of(all, new ShownText(false)));
    } catch (UnreadableCaptureException e) {
      problem(
          context,
          400,
          "capture-unreadable",
          "The capture cannot be read",
          String.valueOf(e.getMessage()));
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
