package quayside.operate.redrive.service;

import static quayside.log.LogField.CAUSE;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import quayside.operate.redrive.DeadLetterFilter;
import quayside.operate.redrive.Position;
import quayside.operate.redrive.RedriveOrder;
import quayside.role.Role;
import quayside.role.Roles;
import quayside.sink.Problem;

/**
 * Dead letters on the management port, and only there: {@code GET /q/dead-letters}, {@code GET
 * /q/dead-letters/{topic}/{partition}/{offset}}, {@code POST /q/dead-letters/redrive}. Works on
 * worker threads, a few requests at a time and one order at a time.
 */
@Singleton
final class DeadLetterRoute {
  private static final Logger LOG = Logger.getLogger(DeadLetterRoute.class);
  private static final String PATH = "/q/dead-letters";
  private static final int MAX_ORDER_BYTES = 128 * 1024;
  private static final int READERS = 4;
  private static final int WAIT_SECONDS = 3;
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private final DeadLetterDesk desk;
  private final Semaphore readers = new Semaphore(READERS);
  private final Semaphore orders = new Semaphore(1);

  DeadLetterRoute(DeadLetterDesk desk) {
    this.desk = desk;
  }

  void register(@Observes ManagementInterface management, Roles roles) {
    if (!roles.includeAny(Role.CATALOG, Role.SEARCH, Role.THUMBNAIL)) {
      return;
    }
    Router router = management.router();
    router.get(PATH).blockingHandler(context -> guarded(context, readers, this::list), false);
    router
        .get(PATH + "/:topic/:partition/:offset")
        .blockingHandler(context -> guarded(context, readers, this::show), false);
    router
        .post(PATH + "/redrive")
        .blockingHandler(context -> guarded(context, orders, this::redrive), false);
  }

  /** A way to answer. */
  @FunctionalInterface
  private interface Answer {
    void to(RoutingContext context) throws IOException;
  }

  private static void guarded(RoutingContext context, Semaphore permits, Answer answer) {
    try {
      // The request before has been answered a moment before its permit is free again.
      if (!permits.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS)) {
        problem(context, 409, "busy", "Busy", "another request of this kind is at work; try again");
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    try {
      answer.to(context);
    } catch (JacksonException e) {
      problem(context, 400, "bad-request", "Bad request", rule(e));
    } catch (IllegalArgumentException e) {
      problem(context, 400, "bad-request", "Bad request", String.valueOf(e.getMessage()));
    } catch (RuntimeException | IOException e) {
      LOG.warnf("dead letters cannot be read or moved %s", CAUSE.of(e.toString()));
      problem(
          context, 503, "kafka-unavailable", "Kafka unavailable", "Kafka does not answer: " + e);
    } finally {
      permits.release();
    }
  }

  // What a record's constructor says is wrapped by the parser.
  private static String rule(JacksonException e) {
    Throwable cause = e.getCause();
    return cause instanceof IllegalArgumentException
        ? String.valueOf(cause.getMessage())
        : e.getOriginalMessage();
  }

  private void list(RoutingContext context) throws IOException {
    DeadLetterFilter filter =
        new DeadLetterFilter(
            one(context, "group"),
            one(context, "topic"),
            context.queryParam("id"),
            one(context, "bucket"),
            one(context, "key"),
            one(context, "prefix"),
            one(context, "cause"),
            one(context, "from"),
            one(context, "to"));
    String cursor = one(context, "cursor");
    Optional<Position> start = cursor == null ? Optional.empty() : Position.parse(cursor);
    if (cursor != null && start.isEmpty()) {
      throw new IllegalArgumentException("cursor: must be the nextCursor of a page");
    }
    boolean all = "true".equals(one(context, "redriven"));
    answer(context, desk.list(filter, start.orElse(null), limit(one(context, "limit")), all));
  }

  private void show(RoutingContext context) throws IOException {
    String text =
        context.pathParam("topic")
            + "/"
            + context.pathParam("partition")
            + "/"
            + context.pathParam("offset");
    Position position =
        Position.parse(text)
            .orElseThrow(
                () -> new IllegalArgumentException("path: must be topic/partition/offset"));
    var found = desk.show(position);
    if (found.isPresent()) {
      answer(context, found.get());
    } else {
      problem(
          context, 404, "dead-letter-not-found", "No such dead letter", "none is at " + position);
    }
  }

  private void redrive(RoutingContext context) throws IOException {
    Buffer body = context.body().buffer();
    if (body == null || body.length() > MAX_ORDER_BYTES) {
      throw new IllegalArgumentException(
          "body: must be JSON of at most " + MAX_ORDER_BYTES + " bytes");
    }
    RedriveOrder order = JSON.readValue(body.getBytes(), RedriveOrder.class);
    if (order == null) {
      throw new IllegalArgumentException("body: is the JSON literal null");
    }
    desk.redrive(order, new ProgressLines(context.response()));
  }

  private static @Nullable String one(RoutingContext context, String name) {
    String value = context.queryParams().get(name);
    return value == null || value.isEmpty() ? null : value;
  }

  private static int limit(@Nullable String text) {
    try {
      int limit = text == null ? DeadLetterDesk.DEFAULT_LIMIT : Integer.parseInt(text);
      if (limit >= 1 && limit <= DeadLetterDesk.MAX_LIMIT) {
        return limit;
      }
    } catch (NumberFormatException e) {
      // As any other number that is out of range.
    }
    throw new IllegalArgumentException("limit: must be 1 to " + DeadLetterDesk.MAX_LIMIT);
  }

  private static void answer(RoutingContext context, Object value) throws JsonProcessingException {
    context
        .response()
        .putHeader("Content-Type", "application/json")
        .end(JSON.writeValueAsString(value));
  }

  private static void problem(
      RoutingContext context, int status, String reason, String title, String detail) {
    try {
      String json = JSON.writeValueAsString(Problem.of(reason, title, status, detail));
      if (context.response().headWritten()) {
        context.response().end(json + "\n");
      } else {
        context
            .response()
            .setStatusCode(status)
            .putHeader("Content-Type", Problem.MEDIA_TYPE)
            .end(json);
      }
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a problem is not writable", impossible);
    }
  }
}
