package quayside.operate.reconcile.run;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import quayside.role.Role;
import quayside.role.Roles;
import quayside.sink.DependencyUnavailableException;
import quayside.sink.catalog.RunLog.Run;

/**
 * {@code POST /q/reconcile} begins a run, {@code GET /q/reconcile/{id}} shows one, {@code DELETE
 * /q/reconcile/{id}} stops one; on the management port, and only there. Runs on worker threads.
 */
@Singleton
final class ReconcileRoute {
  private static final String PATH = "/q/reconcile";
  private static final int MAX_BODY = 16_384;
  private static final JsonMapper JSON = new JsonMapper();

  private final Reconciler reconciler;

  ReconcileRoute(Reconciler reconciler) {
    this.reconciler = reconciler;
  }

  void register(@Observes ManagementInterface management, Roles roles) {
    if (!roles.include(Role.CATALOG)) {
      return;
    }
    management.router().post(PATH).blockingHandler(this::begin, false);
    management
        .router()
        .get(PATH + "/:id")
        .blockingHandler(context -> show(context, reconciler::find), false);
    management
        .router()
        .delete(PATH + "/:id")
        .blockingHandler(context -> show(context, reconciler::stop), false);
  }

  private void begin(RoutingContext context) {
    Buffer body = context.body().buffer();
    try {
      if (body == null || body.length() > MAX_BODY) {
        throw new IllegalArgumentException("body: must be a JSON object of at most 16 KiB");
      }
      Optional<Run> run = reconciler.start(ReconcileRequest.parse(body.getBytes()));
      if (run.isPresent()) {
        answer(context, 202, run.get());
      } else {
        problem(context, 409, "reconcile-running", "Another run is under way", "one at a time");
      }
    } catch (IllegalArgumentException e) {
      problem(
          context,
          400,
          "bad-request",
          "The request cannot be understood",
          String.valueOf(e.getMessage()));
    } catch (DependencyUnavailableException e) {
      problem(context, 503, "unavailable", "A dependency is away", String.valueOf(e.getMessage()));
    }
  }

  /** Finds a run by its id, and perhaps does something with it. */
  @FunctionalInterface
  private interface Lookup {
    Optional<Run> of(UUID id) throws DependencyUnavailableException;
  }

  private static void show(RoutingContext context, Lookup lookup) {
    try {
      Optional<Run> run = lookup.of(UUID.fromString(context.pathParam("id")));
      if (run.isPresent()) {
        answer(context, 200, run.get());
        return;
      }
      problem(context, 404, "reconcile-not-found", "No such run", "no run has this id");
    } catch (IllegalArgumentException e) {
      problem(context, 404, "reconcile-not-found", "No such run", "the id is no UUID");
    } catch (DependencyUnavailableException e) {
      problem(context, 503, "unavailable", "A dependency is away", String.valueOf(e.getMessage()));
    }
  }

  private static void answer(RoutingContext context, int status, Run run) {
    ObjectNode json = JSON.createObjectNode();
    json.put("id", run.id().toString());
    json.put("state", run.state());
    json.put("bucket", run.bucket());
    json.put("prefix", run.prefix());
    json.put("source", run.source());
    json.put("dryRun", run.dryRun());
    json.put("rate", run.rate());
    json.put("lastKey", run.lastKey());
    json.put("expected", run.expected());
    json.putRawValue("counts", new RawValue(run.counts()));
    json.putRawValue("samples", new RawValue(run.samples()));
    json.put("error", run.error());
    context
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "application/json")
        .end(json.toString());
  }

  private static void problem(
      RoutingContext context, int status, String reason, String title, String detail) {
    ObjectNode json = JSON.createObjectNode();
    json.put("type", "about:blank");
    json.put("title", title);
    json.put("status", status);
    json.put("detail", detail);
    json.put("reason", reason);
    context
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "application/problem+json")
        .end(json.toString());
  }
}
