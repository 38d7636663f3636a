package quayside.operate.explain;

import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import quayside.role.Role;
import quayside.role.Roles;

/**
 * {@code POST /q/explain} on the management port: the body is a capture, the answer its
 * explanation. Hints are query parameters: {@code prefix}, {@code path}, {@code query}, {@code
 * field-order}. Runs on a worker thread.
 */
@Singleton
final class ExplainRoute {
  private static final String PATH = "/q/explain";

  private final ExplainDesk desk;

  ExplainRoute(ExplainDesk desk) {
    this.desk = desk;
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
      String explanation =
          desk.explain(
              body == null ? new byte[0] : body.getBytes(),
              context.queryParam("prefix"),
              context.queryParam("path"),
              context.queryParam("query"),
              context.queryParam("field-order"));
      answer(context, 200, "application/json", explanation);
    } catch (UnreadableCaptureException e) {
      problem(
          context,
          400,
          "capture-unreadable",
          "The capture cannot be read",
          String.valueOf(e.getMessage()));
    }
  }

  private static void problem(
      RoutingContext context, int status, String reason, String title, String detail) {
    answer(
        context,
        status,
        "application/problem+json",
        ExplanationJson.problem(status, reason, title, detail));
  }

  private static void answer(RoutingContext context, int status, String type, String json) {
    context.response().setStatusCode(status).putHeader("Content-Type", type).end(json);
  }
}
