package quayside.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** A server that answers as a registry does, or as none should. */
final class StubRegistry implements AutoCloseable {
  /** What a registry says of a subject it does not know. */
  static final Answer NO_SUBJECT =
      new Answer(404, "{\"error_code\":40401,\"message\":\"Subject not found.\"}");

  private static final JsonMapper JSON = new JsonMapper();

  private final HttpServer server;
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile Function<Request, Answer> behaviour;

  /** An answer; one without a body never ends. */
  record Answer(int status, String body, Map<String, String> headers) {
    Answer(int status, String body) {
      this(status, body, Map.of());
    }

    static Answer id(int id) {
      return new Answer(200, "{\"id\":" + id + "}");
    }
  }

  /** A request as it came. */
  record Request(String path, String contentType, String authorization, JsonNode body) {
    boolean isLookup() {
      return !path.endsWith("/versions");
    }
  }

  StubRegistry(Function<Request, Answer> behaviour) throws IOException {
    this.behaviour = behaviour;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(
        Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("stub-", 1).factory()));
    server.createContext("/", this::answer);
    server.start();
  }

  /** Has no schema and takes any; each has the number of its turn. */
  static StubRegistry willing() throws IOException {
    Map<String, Integer> ids = new java.util.concurrent.ConcurrentHashMap<>();
    return new StubRegistry(request -> {
      String schema = request.body().path("schema").asText();
      if (!request.isLookup()) {
        ids.putIfAbsent(schema, ids.size() + 1);
      }
      Integer id = ids.get(schema);
      return id == null ? NO_SUBJECT : Answer.id(id);
    });
  }

  void behave(Function<Request, Answer> other) {
    behaviour = other;
  }

  /** Where its API begins: not at the root, as with Apicurio Registry. */
  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/apis/ccompat/v7");
  }

  List<Request> requests() {
    return requests;
  }

  private void answer(HttpExchange exchange) throws IOException {
    Request request =
        new Request(
            exchange.getRequestURI().getRawPath(),
            exchange.getRequestHeaders().getFirst("Content-Type"),
            String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")),
            JSON.readTree(exchange.getRequestBody()));
    requests.add(request);
    Answer answer = behaviour.apply(request);
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    byte[] body = answer.body().getBytes(UTF_8);
    if (body.length == 0) {
      exchange.sendResponseHeaders(answer.status(), 10);
      awaitClose();
    } else {
      exchange.sendResponseHeaders(answer.status(), body.length);
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  private void awaitClose() {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
  }
}
