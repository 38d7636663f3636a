package quayside.operate.thumbnails.service;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;
import quayside.operate.task.service.TaskAnswers;
import quayside.role.Role;
import quayside.role.Roles;
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
  private final TaskAnswers answers;

  RegenerateRoute(Regeneration regeneration, ObjectMapper json) {
    this.regeneration = regeneration;
    this.answers = new TaskAnswers(json, "Regeneration refused");
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
    Optional<Double> rate = rate(TaskAnswers.parameter(context, "rate", DEFAULT_RATE));
    if (rate.isEmpty()) {
      answers.problem(
          context, 400, "bad-rate", "rate must be a positive number of uploads a second.");
      return;
    }
    Optional<Boolean> restart = TaskAnswers.truth(context, "restart");
    if (restart.isEmpty()) {
      answers.problem(context, 400, "bad-restart", "restart must be true or false.");
      return;
    }
    Optional<Regeneration.Refusal> refusal =
        regeneration.start(TaskAnswers.parameter(context, "preset", ""), rate.get(), restart.get());
    if (refusal.isEmpty()) {
      status(context, 202);
      return;
    }
    switch (refusal.get()) {
      case UNKNOWN_PRESET ->
          answers.problem(context, 400, "unknown-preset", "preset must be the name of a preset.");
      case REGENERATION_UNDER_WAY ->
          answers.problem(
              context, 409, "regeneration-under-way", "One is under way in this instance.");
    }
  }

  private void cancel(RoutingContext context) {
    regeneration.cancel();
    status(context, 202);
  }

  private void status(RoutingContext context, int status) {
    answers.status(context, status, regeneration.status());
  }

  private static Optional<Double> rate(String text) {
    try {
      double rate = Double.parseDouble(text);
      return rate > 0 && rate < Double.POSITIVE_INFINITY ? Optional.of(rate) : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
