package quayside.operate.thumbnails.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import quayside.role.Role;
import quayside.role.Roles;
import quayside.sink.Problem;
import quayside.sink.thumbnail.Regeneration;

/**
 * {@code /q/thumbnails/regenerate} on the management port, and only there. {@code POST} takes
 * {@code preset}, {@code rate} (uploads a second) and {@code restart=true|false}; every answer but
 * a refusal is the status. Runs on worker threads.
 */
@Singleton
final class RegenerateRoute {
  private static final String PATH = "/q/thumbnails/regenerate";
  private static final String DEFAULT_RATE = "10";

  private final Regeneration regeneration;
  private final ObjectMapper json;

  RegenerateRoute(Regeneration regeneration, ObjectMapper json) {
    this.regeneration = regeneration;
    this.json = json;
  }

  void register(@Observes ManagementInterface management, Roles roles) {
    if (!roles.include(Role.THUMBNAIL)) {
      return;
    }
    Router router = management.router();
    router.post(PATH).blockingHandler(this::start, false);
    router.get(PATH).blockingHandler(context -> status(context, 200), false);
    router.delete(PATH).blockingHandler(this::cancel, false);
  }

  private void start(RoutingContext context) {
    Optional<Double> rate = rate(parameter(context, "rate", DEFAULT_RATE));
    if (rate.isEmpty()) {
      problem(context, 400, "bad-rate", "rate must be a positive number of uploads a second.");
      return;
    }
    Optional<Boolean> restart = truth(parameter(context, "restart", "false"));
    if (restart.isEmpty()) {
      problem(context, 400, "bad-restart", "restart must be true or false.");
      return;
    }
    Optional<Regeneration.Refusal> refusal =
        regeneration.start(parameter(context, "preset", ""), rate.get(), restart.get());
    if (refusal.isEmpty()) {
      status(context, 202);
      return;
    }
    switch (refusal.get()) {
      case UNKNOWN_PRESET ->
          problem(context, 400, "unknown-preset", "preset must be the name of a preset.");
      case REGENERATION_UNDER_WAY ->
          problem(context, 409, "regeneration-under-way", "One is under way in this instance.");
    }
  }

  private void cancel(RoutingContext context) {
    regeneration.cancel();
    status(context, 202);
  }

  private void status(RoutingContext context, int status) {
    answer(context, status, "application/json", regeneration.status());
  }

  private void problem(RoutingContext context, int status, String reason, String detail) {
    String title = "Regeneration refused";
    answer(context, status, Problem.MEDIA_TYPE, Problem.of(reason, title, status, detail));
  }

  private void answer(RoutingContext context, int status, String type, Object body) {
    try {
      String text = json.writeValueAsString(body);
      context.response().setStatusCode(status).putHeader("Content-Type", type).end(text);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a record is not writable", impossible);
    }
  }

  private static Optional<Double> rate(String text) {
    try {
      double rate = Double.parseDouble(text);
      return rate > 0 && rate < Double.POSITIVE_INFINITY ? Optional.of(rate) : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<Boolean> truth(String text) {
    return Optional.ofNullable(Map.of("true", true, "false", false).get(text));
  }

  private static String parameter(RoutingContext context, String name, String otherwise) {
    return Optional.ofNullable(context.queryParams().get(name)).orElse(otherwise);
  }
}
