package quayside.grant;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import quayside.grant.template.BodyType;

/** An application server that accepts every callback and keeps what it reports. */
@NullUnmarked // A null where none belongs fails the test.
final class CallbackInbox implements AutoCloseable {
  private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
  private final HttpServer server;

  CallbackInbox() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/oss/callback", this::accept);
    server.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/oss/callback");
  }

  /** The bodies that came and were not yet taken. */
  Collection<String> received() {
    return received;
  }

  /** Takes the fields of the next callback, which may still be on its way. */
  Map<String, String> next(BodyType type) throws Exception {
    String body = received.poll(10, TimeUnit.SECONDS);
    Map<String, String> fields = new HashMap<>();
    if (type == BodyType.JSON) {
      new ObjectMapper()
          .readTree(body)
          .properties()
          .forEach(p -> fields.put(p.getKey(), p.getValue().asText()));
    } else {
      Stream.of(body.split("&"))
          .map(pair -> pair.split("=", -1))
          .forEach(pair -> fields.put(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }
    return fields;
  }

  private void accept(HttpExchange exchange) throws IOException {
    received.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    byte[] answer = "{\"Status\":\"OK\"}".getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
