package quayside.operate.state.service;

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
import quayside.sink.catalog.ObjectName;
import quayside.sink.catalog.state.StateRepublish;

/**
 * {@code /q/state/republish} on the management port, and only there. {@code POST} takes {@code
 * bucket}, {@code prefix}, {@code dry-run=true|false} and {@code rate} (objects a second); every
 * answer but a refusal is the status. Runs on worker threads.
 */
@Singleton
final class RepublishRoute {
  private static final String PATH = "/q/state/republish";
  private static final String DEFAULT_RATE = "1000";

  private final StateRepublish republish;
  private final TaskAnswers answers;

  RepublishRoute(StateRepublish republish, ObjectMapper json) {
    this.republish = republish;
    this.answers = new TaskAnswers(json, "Republish refused");
  }

  void register(@Observes ManagementInterface management, Roles roles) {
    if (!roles.include(Role.STATE)) {
      return;
    }
    Router router = management.router();
    router.post(PATH).blockingHandler(this::start, false);
    router.get(PATH).blockingHandler(context -> status(context, 200), false);
    router.delete(PATH).blockingHandler(this::cancel, false);
  }

  private void start(RoutingContext context) {
    Optional<Integer> rate = rate(TaskAnswers.parameter(context, "rate", DEFAULT_RATE));
    if (rate.isEmpty()) {
      answers.problem(
          context, 400, "bad-rate", "rate must be a whole number of objects a second, at least 1.");
      return;
    }
    Optional<Boolean> dryRun = TaskAnswers.truth(context, "dry-run");
    if (dryRun.isEmpty()) {
      answers.problem(context, 400, "bad-dry-run", "dry-run must be true or false.");
      return;
    }
    String bucket = context.queryParams().get("bucket");
    if (bucket != null && !new ObjectName(bucket, "any").isStorable()) {
      answers.problem(context, 400, "bad-bucket", "bucket must be the name of a bucket.");
      return;
    }
    String prefix = TaskAnswers.parameter(context, "prefix", "");
    if (!prefix.isEmpty() && !new ObjectName("any", prefix).isStorable()) {
      answers.problem(context, 400, "bad-prefix", "prefix must be the beginning of a key.");
      return;
    }
    start(
        context,
        new StateRepublish.Order(Optional.ofNullable(bucket), prefix, dryRun.get(), rate.get()));
  }

  private void start(RoutingContext context, StateRepublish.Order order) {
    Optional<StateRepublish.Refusal> refusal = republish.start(order);
    if (refusal.isEmpty()) {
      status(context, 202);
      return;
    }
    switch (refusal.get()) {
      case STATE_DISABLED ->
          answers.problem(
              context,
              409,
              "state-disabled",
              "This service does not publish states (quayside.state.enabled).");
      case REPUBLISH_UNDER_WAY ->
          answers.problem(
              context, 409, "republish-under-way", "One is under way in this instance.");
    }
  }

  private void cancel(RoutingContext context) {
    republish.cancel();
    status(context, 202);
  }

  private void status(RoutingContext context, int code) {
    answers.status(context, code, republish.status());
  }

  private static Optional<Integer> rate(String text) {
    try {
      return Optional.of(Integer.parseInt(text)).filter(rate -> rate >= 1);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
