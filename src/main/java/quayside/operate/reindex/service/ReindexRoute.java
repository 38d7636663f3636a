package quayside.operate.reindex.service;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import quayside.operate.task.service.TaskAnswers;
import quayside.role.Role;
import quayside.role.Roles;
import quayside.sink.DependencyUnavailableException;
import quayside.sink.search.Reindex;

/**
 * {@code /q/reindex} on the management port, and only there. {@code POST} takes {@code
 * source=topic|catalog} and {@code restart=true|false}; every answer but a refusal is the status.
 * Runs on worker threads.
 */
@Singleton
final class ReindexRoute {
  static final String PATH = "/q/reindex";

  private final Reindex reindex;
  private final TaskAnswers answers;

  ReindexRoute(Reindex reindex, ObjectMapper json) {
    this.reindex = reindex;
    this.answers = new TaskAnswers(json, "Reindex refused");
  }

  void register(@Observes ManagementInterface management, Roles roles) {
    if (!roles.include(Role.SEARCH)) {
      return;
    }
    Router router = management.router();
    router.post(PATH).blockingHandler(this::start, false);
    router.get(PATH).blockingHandler(context -> status(context, 200), false);
    router.delete(PATH).blockingHandler(this::cancel, false);
  }

  private void start(RoutingContext context) {
    Optional<Reindex.Source> source = source(TaskAnswers.parameter(context, "source", "topic"));
    if (source.isEmpty()) {
      answers.problem(context, 400, "bad-source", "source must be topic or catalog.");
      return;
    }
    Optional<Boolean> restart = TaskAnswers.truth(context, "restart");
    if (restart.isEmpty()) {
      answers.problem(context, 400, "bad-restart", "restart must be true or false.");
      return;
    }
    start(context, source.get(), restart.get());
  }

  private void start(RoutingContext context, Reindex.Source source, boolean restart) {
    try {
      Optional<Reindex.Refusal> refusal = reindex.start(source, restart);
      if (refusal.isEmpty()) {
        status(context, 202);
        return;
      }
      switch (refusal.get()) {
        case REINDEX_UNDER_WAY ->
            answers.problem(
                context,
                409,
                "reindex-under-way",
                "One is under way, here or elsewhere, or was left unfinished: when none runs, use restart=true.");
        case NO_CATALOG ->
            answers.problem(context, 409, "no-catalog", "This service cannot read a catalog.");
      }
    } catch (DependencyUnavailableException e) {
      answers.problem(context, 503, "search-unavailable", String.valueOf(e.getMessage()));
    }
  }

  private void cancel(RoutingContext context) {
    reindex.cancel();
    status(context, 202);
  }

  private void status(RoutingContext context, int status) {
    answers.status(context, status, reindex.status());
  }

  private static Optional<Reindex.Source> source(String text) {
    Map<String, Reindex.Source> known =
        Map.of("topic", Reindex.Source.TOPIC, "catalog", Reindex.Source.CATALOG);
    return Optional.ofNullable(known.get(text.toLowerCase(Locale.ROOT)));
  }
}
