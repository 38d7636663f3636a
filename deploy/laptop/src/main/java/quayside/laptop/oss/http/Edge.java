package quayside.laptop.oss.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.HttpServerRequestHandler;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Between the HTTP library and the stand-in: turns the wire request into an {@link OssRequest},
 * every failure into an OSS error document, puts {@code x-oss-request-id} on every answer and
 * writes one log line. Thread-safe.
 */
final class Edge implements HttpServerRequestHandler {
  private static final Logger LOG = LoggerFactory.getLogger(Edge.class);

  private final OssHandler handler;
  private final List<String> buckets;
  private final RequestIds requestIds;

  Edge(OssHandler handler, List<String> buckets, RequestIds requestIds) {
    this.handler = handler;
    this.buckets = List.copyOf(buckets);
    this.requestIds = requestIds;
  }

  @Override
  public void handle(ClassicHttpRequest wire, ResponseTrigger trigger, HttpContext context)
      throws HttpException, IOException {
    long started = System.nanoTime();
    String requestId = requestIds.next();
    OssResponse response = answer(wire, requestId, clientIp(context));
    log(wire, response, requestId, started);
    try (InputStream body = response.body()) {
      trigger.submitResponse(toWire(wire, response, requestId, body));
    }
  }

  private OssResponse answer(ClassicHttpRequest wire, String requestId, String clientIp) {
    Header hostHeader = wire.getFirstHeader("Host");
    String host = hostHeader == null ? "" : hostHeader.getValue();
    try {
      return handler.handle(read(wire, host, requestId, clientIp));
    } catch (OssException e) {
      return OssResponse.error(e, requestId, host);
    } catch (IOException | RuntimeException e) {
      LOG.warn("request failed requestId={}", requestId, e);
      var internal = new OssException(500, "InternalError", "We encountered an internal error.");
      return OssResponse.error(internal, requestId, host);
    }
  }

  private OssRequest read(ClassicHttpRequest wire, String host, String requestId, String clientIp)
      throws IOException {
    String target = wire.getRequestUri();
    int question = target.indexOf('?');
    String rawPath = question < 0 ? target : target.substring(0, question);
    String rawQuery = question < 0 ? "" : target.substring(question + 1);
    HttpEntity entity = wire.getEntity();
    return new OssRequest(
        wire.getMethod().toUpperCase(Locale.ROOT),
        host,
        Address.of(host, rawPath, buckets),
        parseQuery(rawQuery),
        headers(wire),
        entity == null ? InputStream.nullInputStream() : entity.getContent(),
        entity == null ? 0 : entity.getContentLength(),
        clientIp,
        requestId);
  }

  private static Query parseQuery(String rawQuery) {
    try {
      return Query.parse(rawQuery);
    } catch (IllegalArgumentException e) {
      throw OssException.invalidArgument("The query string is not properly percent-encoded.");
    }
  }

  private static Map<String, List<String>> headers(ClassicHttpRequest wire) {
    Map<String, List<String>> headers = new HashMap<>();
    for (Header header : wire.getHeaders()) {
      String value = header.getValue() == null ? "" : header.getValue().strip();
      headers
          .computeIfAbsent(header.getName().toLowerCase(Locale.ROOT), n -> new ArrayList<>())
          .add(value);
    }
    return headers;
  }

  private static String clientIp(HttpContext context) {
    var details = HttpCoreContext.cast(context).getEndpointDetails();
    return ((InetSocketAddress) details.getRemoteAddress()).getAddress().getHostAddress();
  }

  private static ClassicHttpResponse toWire(
      ClassicHttpRequest wire, OssResponse response, String requestId, InputStream body) {
    var answer = new BasicClassicHttpResponse(response.status());
    answer.addHeader("x-oss-request-id", requestId);
    if (wire.containsHeader("Origin")) {
      answer.addHeader("Access-Control-Allow-Origin", "*");
      answer.addHeader("Access-Control-Expose-Headers", Cors.EXPOSED);
    }
    response.headers().forEach(answer::addHeader);
    if (response.bodyLength() > 0) {
      answer.setEntity(new InputStreamEntity(body, response.bodyLength(), null));
    }
    return answer;
  }

  private static void log(
      ClassicHttpRequest wire, OssResponse response, String requestId, long started) {
    String target = wire.getRequestUri();
    int question = target.indexOf('?');
    LOG.info(
        "{} {} status={} reason={} ms={} requestId={}",
        wire.getMethod(),
        question < 0 ? target : target.substring(0, question),
        response.status(),
        response.reason(),
        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started),
        requestId);
  }
}
