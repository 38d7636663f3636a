package quayside.operate.reindex.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import quayside.role.Role;
import quayside.role.Roles;
import quayside.sink.DependencyUnavailableException;
import quayside.sink.Problem;
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
  private final ObjectMapper json;

  ReindexRoute(Reindex reindex, ObjectMapper json) {
    this.reindex = reindex;
    this.json = json;
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
    Optional<Reindex.Source> source = source(parameter(context, "source", "topic"));
    if (source.isEmpty()) {
      problem(context, 400, "bad-source", "source must be topic or catalog.");
      return;
    }
    Optional<Boolean> restart = truth(parameter(context, "restart", "false"));
    if (restart.isEmpty()) {
      problem(context, 400, "bad-restart", "restart must be true or false.");
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
            problem(
                context,
                409,
                "reindex-under-way",
                "One is under way, here or elsewhere, or was left unfinished: when none runs, use restart=true.");
        case NO_CATALOG ->
            problem(context, 409, "no-catalog", "This service cannot read a catalog.");
      }
    } catch (DependencyUnavailableException e) {
      problem(context, 503, "search-unavailable", String.valueOf(e.getMessage()));
    }
  }

  private void cancel(RoutingContext context) {
    reindex.cancel();
    status(context, 202);
  }

  private void status(RoutingContext context, int status) {
    answer(context, status, "application/json", reindex.status());
  }

  private void problem(RoutingContext context, int status, String reason, String detail) {
    String title = "Reindex refused";
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

  private static Optional<Reindex.Source> source(String text) {
    Map<String, Reindex.Source> known =
        Map.of("topic", Reindex.Source.TOPIC, "catalog", Reindex.Source.CATALOG);
    return Optional.ofNullable(known.get(text.toLowerCase(Locale.ROOT)));
  }

  private static Optional<Boolean> truth(String text) {
    return Optional.ofNullable(Map.of("true", true, "false", false).get(text));
  }

  private static String parameter(RoutingContext context, String name, String otherwise) {
    return Optional.ofNullable(context.queryParams().get(name)).orElse(otherwise);
  }
}
