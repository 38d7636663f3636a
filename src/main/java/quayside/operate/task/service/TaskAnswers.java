package quayside.operate.task.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Optional;
import quayside.sink.Problem;

/** Reads what a route was asked and writes what it answers. Thread-safe. */
public final class TaskAnswers {
  private final ObjectMapper json;
  private final String refusal;

  /**
   * Answers of one task.
   *
   * @param refusal title of its problems, such as {@code Reindex refused}
   */
  public TaskAnswers(ObjectMapper json, String refusal) {
    this.json = json;
    this.refusal = refusal;
  }

  /** A query parameter, or what stands for it. */
  public static String parameter(RoutingContext context, String name, String otherwise) {
    return Optional.ofNullable(context.queryParams().get(name)).orElse(otherwise);
  }

  /** A query parameter that is {@code true} or {@code false}; empty when it is anything else. */
  public static Optional<Boolean> truth(RoutingContext context, String name) {
    return Optional.ofNullable(
        Map.of("true", true, "false", false).get(parameter(context, name, "false")));
  }

  /** Answers with how far it is. */
  public void status(RoutingContext context, int code, Object status) {
    answer(context, code, "application/json", status);
  }

  /** Answers with a refusal. */
  public void problem(RoutingContext context, int code, String reason, String detail) {
    answer(context, code, Problem.MEDIA_TYPE, Problem.of(reason, refusal, code, detail));
  }

  private void answer(RoutingContext context, int code, String type, Object body) {
    try {
      String text = json.writeValueAsString(body);
      context.response().setStatusCode(code).putHeader("Content-Type", type).end(text);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a record is not writable", impossible);
    }
  }
}
