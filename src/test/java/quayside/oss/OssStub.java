package quayside.oss;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** An HTTP server that gives one answer to everything: for answers a working OSS does not give. */
final class OssStub implements AutoCloseable {
  private final HttpServer server;
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<String> authorizations = new CopyOnWriteArrayList<>();
  private volatile int status = 200;
  private volatile byte[] body = new byte[0];
  private volatile long promised;
  private final Map<String, String> headers = new LinkedHashMap<>();

  OssStub() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Requests so far, such as {@code HEAD /uploads/a}. */
  List<String> requests() {
    return requests;
  }

  List<String> authorizations() {
    return authorizations;
  }

  /** An answer without an error document. */
  OssStub answers(int newStatus, Map<String, String> newHeaders, String newBody) {
    status = newStatus;
    body = newBody.getBytes(StandardCharsets.UTF_8);
    promised = body.length;
    headers.clear();
    headers.putAll(newHeaders);
    return this;
  }

  /**
   * Ends the connection before the body is complete. The SDK streams bodies of more than 32 KiB
   * only.
   */
  OssStub breaksOff() {
    promised = 100_000;
    return this;
  }

  /** An error as OSS words it: in the body, and for HEAD in a header. */
  OssStub fails(int newStatus, String code) {
    String xml =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>%s</Code><Message>said no</Message>"
                .formatted(code)
            + "<RequestId>5C3D9175B6FC201293AD4890</RequestId></Error>";
    String encoded = Base64.getEncoder().encodeToString(xml.getBytes(StandardCharsets.UTF_8));
    return answers(newStatus, Map.of("Content-Type", "application/xml", "x-oss-err", encoded), xml);
  }

  private void answer(HttpExchange exchange) throws IOException {
    requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI().getRawPath());
    authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
    exchange.getRequestBody().readAllBytes();
    headers.forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
    boolean head = exchange.getRequestMethod().equals("HEAD");
    if (head) {
      exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
      exchange.sendResponseHeaders(status, -1);
    } else {
      exchange.sendResponseHeaders(status, promised > 0 ? promised : -1);
      exchange.getResponseBody().write(body);
      exchange.getResponseBody().flush();
    }
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
