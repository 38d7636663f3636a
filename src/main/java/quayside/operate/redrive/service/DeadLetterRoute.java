package quayside.operate.redrive.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import quayside.operate.redrive.RedriveOrder;
import quayside.role.Role;
import quayside.role.Roles;
import quayside.sink.Problem;

/**
 * Dead letters on the management port: {@code GET /q/dead-letters}, {@code GET
 * /q/dead-letters/{topic}/{partition}/{offset}}, {@code POST /q/dead-letters/redrive}. Works on
 * worker threads.
 */
@Singleton
final class DeadLetterRoute {
  private static final String PATH = "/q/dead-letters";
  private static final JsonMapper JSON = new JsonMapper();

  private final DeadLetterDesk desk;

  DeadLetterRoute(DeadLetterDesk desk) {
    this.desk = desk;
  }

  void register(@Observes ManagementInterface management, Roles roles) {
    if (!roles.includeAny(Role.CATALOG, Role.SEARCH, Role.THUMBNAIL)) {
      return;
    }
    Router router = management.router();
    router.get(PATH).blockingHandler(context -> guarded(context, this::list), false);
    router
        .get(PATH + "/:topic/:partition/:offset")
        .blockingHandler(context -> guarded(context, this::show), false);
    router
        .post(PATH + "/redrive")
        .blockingHandler(context -> guarded(context, this::redrive), false);
  }

  private static void guarded(RoutingContext context, Consumer<RoutingContext> answer) {
    try {
      answer.accept(context);
    } catch (DeadLetterException e) {
      Problem problem = e.problem();
      context.response().setStatusCode(problem.status());
      send(context, Problem.MEDIA_TYPE, problem);
    }
  }

  private void list(RoutingContext context) {
    DeadLetterQuery query =
        DeadLetterQuery.parse(name -> context.queryParams().get(name), context.queryParam("id"));
    send(context, "application/json", desk.list(query));
  }

  private void show(RoutingContext context) {
    String position =
        context.pathParam("topic")
            + "/"
            + context.pathParam("partition")
            + "/"
            + context.pathParam("offset");
    send(context, "application/json", desk.show(position));
  }

  private void redrive(RoutingContext context) {
    @Nullable Buffer body = context.body().buffer();
    RedriveOrder order = OrderReader.read(body == null ? null : body.getBytes());
    HttpServerResponse response = context.response();
    desk.redrive(order, new Chunks(response));
    response.end();
  }

  /** Each line is a chunk of the response. */
  private record Chunks(HttpServerResponse response) implements LineOutput {
    @Override
    public void write(String line) {
      if (!response.headWritten()) {
        response.setChunked(true).putHeader("Content-Type", ProgressLines.MEDIA_TYPE);
      }
      response.write(line);
    }

    @Override
    public boolean isOpen() {
      return !response.closed();
    }
  }

  private static void send(RoutingContext context, String type, Object value) {
    try {
      context.response().putHeader("Content-Type", type).end(JSON.writeValueAsString(value));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("the answer is not writable", impossible);
    }
  }
}
